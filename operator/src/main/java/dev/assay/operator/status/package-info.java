/// The condition kit of all reconcilers: drafts become conditions, a status that says nothing new
/// is never written, and what people should hear of becomes an Event.
@NullMarked
package dev.assay.operator.status;

import org.jspecify.annotations.NullMarked;
