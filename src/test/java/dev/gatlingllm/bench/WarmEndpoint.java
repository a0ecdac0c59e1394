package dev.gatlingllm.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a simulated endpoint as warm as a real one always is: requests of the size of the run's,
 * each over a connection of its own. An endpoint that has been idle for half a minute, or has never
 * accepted a thousand connections, takes milliseconds to take in a request, and a first call would
 * measure that. What is needed for it until the load begins goes on until it is closed.
 */
final class WarmEndpoint implements AutoCloseable {

  private static final int CALLS = 4_000;
  private static final int THREADS = 40;
  private static final int PAUSE_MILLIS = 20;

  private final InetAddress host;
  private final int port;
  private final byte[] request;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private volatile boolean closed;

  private WarmEndpoint(URI endpoint) throws IOException {
    host = InetAddress.getByName(endpoint.getHost());
    port = endpoint.getPort();
    request = request().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns when the endpoint is warm. */
  static WarmEndpoint keep(URI endpoint) throws IOException, InterruptedException {
    WarmEndpoint warm = new WarmEndpoint(endpoint);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(warm.threads.submit(warm::call));
    }
    for (Future<?> call : calls) {
      try {
        call.get();
      } catch (ExecutionException e) {
        throw new IOException("the endpoint cannot be warmed up", e.getCause());
      }
    }
    warm.threads.execute(warm::callUntilClosed);
    return warm;
  }

  /** Starts a run on it; it is kept warm until the load begins. */
  static GatlingRun startOn(SimulatorProcess simulator, List<String> settings)
      throws IOException, InterruptedException {
    try (WarmEndpoint unused = keep(simulator.uri())) {
      return GatlingRun.start(simulator, settings);
    }
  }

  private static String request() {
    String prompt = "Tell a long story of a lighthouse and its keeper. ".repeat(40);
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\""
            + prompt
            + "\"}],\"max_tokens\":2,\"stream\":true}";
    return "POST /openai/deployments/gpt/chat/completions?api-version=2024-10-21 HTTP/1.1\r\n"
        + "Host: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void callUntilClosed() {
    try {
      while (!closed) {
        call();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void call() {
    try (Socket socket = new Socket(host, port)) {
      socket.getOutputStream().write(request);
      byte[] unused = socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    threads.shutdown();
    boolean unused = threads.awaitTermination(10, TimeUnit.SECONDS);
  }
}
