/// The configuration and keys that are in force, read from files and read again when they change.
@org.jspecify.annotations.NullMarked
package dev.assay.dataplane.settings;
