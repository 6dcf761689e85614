/// The four kinds of the group `assay.dev` and the words that they share.
@org.jspecify.annotations.NullMarked
package dev.assay.api;
