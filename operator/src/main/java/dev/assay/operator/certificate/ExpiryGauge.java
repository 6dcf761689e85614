package dev.assay.operator.certificate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// `assay_webhook_certificate_expiry_seconds`: when the leaf in the Secret ends, in seconds since
/// 1970. A replica that never led has no such meter.
final class ExpiryGauge {
  static final String NAME = "assay.webhook.certificate.expiry";

  private final MeterRegistry meters;
  private final AtomicLong seconds = new AtomicLong();

  ExpiryGauge(MeterRegistry meters) {
    this.meters = meters;
  }

  void set(Instant expiry) {
    seconds.set(expiry.getEpochSecond());
    Gauge.builder(NAME, seconds, AtomicLong::doubleValue)
        .baseUnit("seconds")
        .description("When the certificate of the admission webhook ends, Unix time")
        .register(meters); // registering again changes nothing
  }
}
