package dev.gatlingllm.gatling.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatling.core.CoreComponents;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application on the loopback that answers each question with one JSON object, and a client. */
final class LoopbackApp implements AutoCloseable {

  final List<String> bodies = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final RealLoop real = new RealLoop();

  LoopbackApp(int status, String answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/ask", exchange -> answer(exchange, status, answer));
    server.start();
  }

  private void answer(HttpExchange exchange, int status, String answer) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ask");
  }

  EventLoop loop() {
    return real.loop();
  }

  CoreComponents core() {
    return real.core();
  }

  @Override
  public void close() {
    server.stop(0);
    real.close();
  }
}
