/// Reviews as the API server sends them, and answers as it takes them (admission.k8s.io/v1).
@NullMarked
package dev.assay.webhook.review;

import org.jspecify.annotations.NullMarked;
