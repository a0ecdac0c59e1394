package dev.gatlingllm.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A collector that takes metrics as OTLP over HTTP, decoded by the classes that OpenTelemetry makes
 * of its protocol.
 */
public final class OtlpReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<ExportMetricsServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  /** Listens on any free port of this machine. */
  public static OtlpReceiver start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      OtlpReceiver receiver = new OtlpReceiver(server);
      server.createContext("/", receiver::take);
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      // Before anybody sees the request, who may change it.
      int answer = status;
      byte[] body = exchange.getRequestBody().readAllBytes();
      paths.add(exchange.getRequestURI().getPath());
      Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> all.put(name, values.get(0)));
      headers.add(all);
      if (answer == 200) {
        requests.add(ExportMetricsServiceRequest.parseFrom(body));
      }
      exchange.sendResponseHeaders(answer, -1);
    }
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answers(int newStatus) {
    status = newStatus;
  }

  List<String> paths() {
    return paths;
  }

  Map<String, String> headers() {
    return headers.get(headers.size() - 1);
  }

  ExportMetricsServiceRequest latest() {
    return requests.get(requests.size() - 1);
  }

  /** The attributes of the run, as the latest export has them. */
  public Map<String, String> resource() {
    return texts(latest().getResourceMetrics(0).getResource().getAttributesList());
  }

  /** A metric of the latest export. */
  Optional<Metric> metric(String name) {
    return latest().getResourceMetricsList().stream()
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .filter(metric -> metric.getName().equals(name))
        .findFirst();
  }

  /**
   * The points of a histogram of the latest export whose attributes hold; none if there is none.
   */
  public List<HistogramDataPoint> histogram(String name, Predicate<Map<String, String>> holds) {
    return metric(name).stream()
        .flatMap(metric -> metric.getHistogram().getDataPointsList().stream())
        .filter(point -> holds.test(texts(point.getAttributesList())))
        .toList();
  }

  /** The sum of a counter over the points of the latest export whose attributes hold. */
  public long sum(String name, Predicate<Map<String, String>> holds) {
    return metric(name).stream()
        .flatMap(metric -> metric.getSum().getDataPointsList().stream())
        .filter(point -> holds.test(texts(point.getAttributesList())))
        .mapToLong(NumberDataPoint::getAsInt)
        .sum();
  }

  static Map<String, String> texts(List<KeyValue> attributes) {
    Map<String, String> texts = new TreeMap<>();
    for (KeyValue attribute : attributes) {
      texts.put(
          attribute.getKey(),
          attribute.getValue().hasIntValue()
              ? Long.toString(attribute.getValue().getIntValue())
              : attribute.getValue().getStringValue());
    }
    return texts;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
