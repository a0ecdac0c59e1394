package dev.gatlingllm.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.TelemetryConfig.Scrape;
import dev.gatlingllm.provider.ServiceAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * {@code /metrics} for Prometheus, over HTTP. On a loopback address, requests under another host's
 * name are refused, so that no page in a browser can read the metrics. Safe for use by many
 * threads; slow readers wait for each other, and nobody waits for them.
 */
final class MetricsEndpoint implements AutoCloseable {

  private static final String PATH = "/metrics";
  private static final int THREADS = 4;

  private final Scrape settings;
  private final MetricsReader reader;
  private final PrintStream console;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, task -> daemon(task, "llm-scrapes"));
  private final CountDownLatch lastScrape = new CountDownLatch(1);
  private volatile boolean ended;

  private MetricsEndpoint(
      Scrape settings, MetricsReader reader, PrintStream console, HttpServer server) {
    this.settings = settings;
    this.reader = reader;
    this.console = console;
    this.server = server;
  }

  /**
   * Listens.
   *
   * @throws ConfigurationException if the address or the port cannot be used
   */
  static MetricsEndpoint open(Scrape settings, MetricsReader reader, PrintStream console) {
    MetricsEndpoint endpoint = new MetricsEndpoint(settings, reader, console, listening(settings));
    endpoint.serve();
    console.println("[llm] metrics for Prometheus: " + endpoint.address());
    return endpoint;
  }

  /**
   * Refuses an address or a port that cannot be listened on now.
   *
   * @throws ConfigurationException naming the key and the value
   */
  static void require(Scrape settings) {
    // No HttpServer: one that was never started keeps its port when it is stopped.
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address(settings));
    } catch (IOException e) {
      throw refused(settings, e);
    }
  }

  private static HttpServer listening(Scrape settings) {
    try {
      return HttpServer.create(address(settings), 0);
    } catch (IOException e) {
      throw refused(settings, e);
    }
  }

  private static InetSocketAddress address(Scrape settings) {
    try {
      return new InetSocketAddress(InetAddress.getByName(settings.bind()), settings.port());
    } catch (UnknownHostException ignored) {
      throw ConfigurationException.of(
          Scrape.BIND, '"' + settings.bind() + '"', "an address of this machine");
    }
  }

  private static ConfigurationException refused(Scrape settings, IOException cause) {
    return new ConfigurationException(
        Scrape.PORT
            + " = "
            + settings.port()
            + " cannot be listened on at "
            + Scrape.BIND
            + " = "
            + settings.bind()
            + ": "
            + cause.getMessage()
            + ". Choose another port, or 0 for any free one");
  }

  /** The thread that accepts connections is a daemon if the one that starts it is. */
  private void serve() {
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    Thread starter = daemon(server::start, "llm-scrapes-start");
    starter.start();
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  URI address() {
    InetSocketAddress at = server.getAddress();
    String host = at.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort() + PATH);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String method = exchange.getRequestMethod();
      if (!isHostOurs(exchange)) {
        send(exchange, 403, "this address answers under the name of this machine only\n");
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, "GET only\n");
      } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
        send(exchange, 404, "the metrics are at " + PATH + "\n");
      } else {
        boolean totals = ended;
        send(exchange, 200, PrometheusText.of(reader.collect()));
        if (totals && method.equals("GET")) {
          lastScrape.countDown();
        }
      }
    }
  }

  private boolean isHostOurs(HttpExchange exchange) {
    if (!server.getAddress().getAddress().isLoopbackAddress()) {
      return true;
    }
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
        .filter(host -> host.matches("[A-Za-z0-9._:\\[\\]-]+"))
        .map(host -> URI.create("http://" + host))
        .filter(ServiceAddress::isLoopback)
        .isPresent();
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type",
            status == 200 ? PrometheusText.CONTENT_TYPE : "text/plain; charset=utf-8");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  /** From now on, whoever asks gets the totals of the run. */
  void totalsAreThere() {
    ended = true;
  }

  /** Waits until the totals were fetched, at most as long as the settings say. */
  void awaitLastScrape() {
    if (settings.lastScrape().isZero() || lastScrape.getCount() == 0) {
      return;
    }
    console.println(
        "[llm] waiting for Prometheus to fetch the totals, at most "
            + settings.lastScrape().toMillis() / 1e3
            + " s ("
            + Scrape.LAST_SCRAPE
            + ")");
    try {
      if (!lastScrape.await(settings.lastScrape().toNanos(), TimeUnit.NANOSECONDS)) {
        console.println("[llm] Prometheus did not fetch the totals of the run");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
