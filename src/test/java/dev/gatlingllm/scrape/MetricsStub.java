package dev.gatlingllm.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model server on a real socket that answers every request with the same metrics. */
public final class MetricsStub implements AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Headers> headers = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile int status = 200;
  private volatile String text = "";
  private volatile boolean hangs;

  public MetricsStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
  }

  /** What the next requests are answered. */
  public void answers(int newStatus, String newText) {
    status = newStatus;
    text = newText;
  }

  /** vLLM with so many requests waiting and running. */
  public void answersVllm(int waiting, int running) {
    answers(
        200,
        """
        # TYPE vllm:num_requests_waiting gauge
        vllm:num_requests_waiting{engine="0"} %d.0
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0"} %d.0
        # TYPE python_gc_objects_collected_total counter
        python_gc_objects_collected_total{generation="0"} 9931.0
        """
            .formatted(waiting, running));
  }

  /** The next requests get the head of an answer and nothing else. */
  void hangs() {
    hangs = true;
  }

  /** The headers of each request so far. */
  public List<Headers> headers() {
    return headers;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      headers.add(exchange.getRequestHeaders());
      byte[] body = text.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, hangs ? body.length + 1 : Math.max(body.length, -1));
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
      if (hangs) {
        closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
