package dev.gatlingllm.scrape;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.text.Figures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A model server on a real socket that answers every request with the same metrics, and closes the
 * connection. Each answer is one packet: the JDK's own server would take 40 ms for it.
 */
public final class MetricsStub implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<List<String>> requests = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Socket> hanging = new LinkedBlockingQueue<>();
  private volatile int status = 200;
  private volatile String text = "";
  private volatile boolean hangs;

  public MetricsStub() throws IOException {
    Thread thread = new Thread(this::serve, "metrics-stub");
    thread.setDaemon(true);
    thread.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/metrics");
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
        Figures.fill(
            """
            # TYPE vllm:num_requests_waiting gauge
            vllm:num_requests_waiting{engine="0"} %d.0
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0"} %d.0
            # TYPE python_gc_objects_collected_total counter
            python_gc_objects_collected_total{generation="0"} 9931.0
            """,
            waiting, running));
  }

  /** The next requests get an answer without its end. */
  void hangs() {
    hangs = true;
  }

  /** Waits until the client has closed the connection that hangs. */
  boolean awaitClosedByClient() throws Exception {
    try (Socket socket = hanging.poll(60, TimeUnit.SECONDS)) {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** The lines of the head of each request so far. */
  public List<List<String>> requests() {
    return requests;
  }

  private void serve() {
    try {
      while (!server.isClosed()) {
        answer(server.accept());
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void answer(Socket socket) {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
      requests.add(head);
      int length = text.getBytes(UTF_8).length + (hangs ? 1 : 0);
      String answer =
          "HTTP/1.1 "
              + status
              + " stub\r\nContent-Length: "
              + length
              + "\r\nConnection: close\r\n\r\n"
              + text;
      socket.getOutputStream().write(answer.getBytes(UTF_8));
      if (hangs) {
        hanging.add(socket);
      } else {
        socket.close();
      }
    } catch (IOException gone) {
      // the client has left
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : hanging) {
      socket.close();
    }
  }
}
