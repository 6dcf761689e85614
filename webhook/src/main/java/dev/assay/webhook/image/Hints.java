package dev.assay.webhook.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.policy.image.PinnedImage;
import dev.assay.webhook.WebhookConfiguration;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Tells the operator of images that no status knows, so that it looks at them. The answer comes by
/// the ScanPolicy's status, which only the operator can write: nothing that is sent or answered
/// here is believed by anybody.
@ApplicationScoped
public class Hints {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final WebhookConfiguration.Operator operator;
  private final ObjectMapper json;

  public Hints(WebhookConfiguration configuration, @Named("objects") ObjectMapper json) {
    this.operator = configuration.operator();
    this.json = json;
  }

  /// To each replica: which one leads is not known here.
  public void send(String namespace, List<PinnedImage> images) {
    InetAddress[] replicas;
    try {
      replicas = InetAddress.getAllByName(operator.host());
    } catch (UnknownHostException e) {
      Log.warnf("no operator to ask about images: host %s is not known", operator.host());
      return;
    }
    for (var image : images) {
      var body = body(namespace, image);
      for (var replica : replicas) {
        send(replica, body);
      }
    }
  }

  private void send(InetAddress replica, String body) {
    var host =
        replica instanceof Inet6Address
            ? "[" + replica.getHostAddress() + "]"
            : replica.getHostAddress();
    var request =
        HttpRequest.newBuilder(URI.create("http://%s:%d/images".formatted(host, operator.port())))
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    Thread.ofVirtual().name("hint").start(() -> send(host, request));
  }

  private void send(String host, HttpRequest request) {
    try {
      http.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      Log.warnf("the operator at %s was not told of an image: %s", host, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private String body(String namespace, PinnedImage image) {
    try {
      return json.writeValueAsString(Map.of("namespace", namespace, "image", image.toString()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }
}
