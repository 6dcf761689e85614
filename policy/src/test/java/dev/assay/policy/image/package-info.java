@org.jspecify.annotations.NullMarked
package dev.assay.policy.image;
