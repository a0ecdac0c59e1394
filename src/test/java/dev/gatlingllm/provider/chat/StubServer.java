package dev.gatlingllm.provider.chat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An HTTP/1.1 server on a real socket whose every byte the test decides. */
public final class StubServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  /** What the server does with a request. */
  @FunctionalInterface
  public interface Script {
    void run(Exchange exchange) throws IOException, InterruptedException;
  }

  /** A request that came. Header names are lower case. */
  public record Request(String method, String path, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final ServerSocket socket;
  private final Script script;
  private final UnaryOperator<String> words;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final CountDownLatch clientClosed = new CountDownLatch(1);

  private StubServer(ServerSocket socket, Script script) {
    this(socket, script, UnaryOperator.identity());
  }

  private StubServer(ServerSocket socket, Script script, UnaryOperator<String> words) {
    this.socket = socket;
    this.script = script;
    this.words = words;
  }

  /** Starts a server on a free port of 127.0.0.1. */
  public static StubServer start(Script script) throws IOException {
    return start(script, UnaryOperator.identity());
  }

  /**
   * As the other method, in the words of another API.
   *
   * @param words makes of a chunk in the words of the script what is sent
   */
  public static StubServer start(Script script, UnaryOperator<String> words) throws IOException {
    ServerSocket socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    StubServer server = new StubServer(socket, script, words);
    startThread(server::accept);
    return server;
  }

  /** Starts a server that speaks first, whatever protocol the client meant to speak. */
  public static StubServer startGreeting(String greeting) throws IOException {
    ServerSocket socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    StubServer server = new StubServer(socket, exchange -> {});
    startThread(() -> server.greet(greeting));
    return server;
  }

  private void greet(String greeting) {
    try {
      Socket connection = socket.accept();
      connections.add(connection);
      connection.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
    } catch (IOException ignored) {
      // The test is over.
      return;
    }
  }

  /** Starts a server that resets every connection as soon as it is there. */
  public static StubServer startResetting() throws IOException {
    ServerSocket socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    StubServer server = new StubServer(socket, exchange -> {});
    startThread(server::resetAll);
    return server;
  }

  private void resetAll() {
    try {
      while (true) {
        Socket connection = socket.accept();
        accepted.incrementAndGet();
        connection.setSoLinger(true, 0);
        connection.close();
      }
    } catch (IOException ignored) {
      // The test is over.
      return;
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** How many connections clients have opened. */
  public int accepted() {
    return accepted.get();
  }

  /** Waits until clients have opened so many connections. */
  public void awaitAccepted(int connections) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (accepted.get() < connections && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Waits until so many requests have come. */
  public void awaitRequests(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (requests.size() < count && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Waits until a client has closed its connection. */
  public boolean awaitClientClosed() throws InterruptedException {
    return clientClosed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private static void startThread(Runnable task) {
    Thread thread = new Thread(task, "stub-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        accepted.incrementAndGet();
        connections.add(connection);
        startThread(() -> serve(connection));
      } catch (IOException ignored) {
        // The test is over.
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (true) {
        Request request = read(in);
        requests.add(request);
        script.run(new Exchange(connection, in, request, words));
      }
    } catch (IOException | UncheckedIOException | InterruptedException ignored) {
      // The client went away, or the script closed the connection.
      clientClosed.countDown();
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] start = line(in).split(" ", -1);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Request(start[0], start[1], headers, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new SocketException("closed by the client");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** One request and the way to answer it. */
  public static final class Exchange {
    private final Socket connection;
    private final InputStream in;
    private final Request request;
    private final OutputStream out;
    private final UnaryOperator<String> words;

    private Exchange(
        Socket connection, InputStream in, Request request, UnaryOperator<String> words)
        throws IOException {
      this.words = words;
      this.connection = connection;
      this.in = in;
      this.request = request;
      this.out = connection.getOutputStream();
    }

    public Request request() {
      return request;
    }

    /** Sends the head of a response with a chunked body. */
    public Exchange head(int status, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Stubbed\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      return raw(head.append("transfer-encoding: chunked\r\n\r\n").toString());
    }

    /** Sends one chunk of the body. */
    public Exchange chunk(String said) throws IOException {
      String text = words.apply(said);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return raw(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
    }

    /** Sends one server-sent event in a chunk of its own. */
    public Exchange event(String data) throws IOException {
      return chunk("data: " + data + "\n\n");
    }

    /** Ends the body. */
    public void end() throws IOException {
      raw("0\r\n\r\n");
    }

    /** Sends bytes as they are. */
    public Exchange raw(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return this;
    }

    /** Closes the connection in the middle of whatever it was. */
    public void cut() throws IOException {
      connection.close();
    }

    /** Closes the connection with a TCP reset. */
    public void reset() throws IOException {
      connection.setSoLinger(true, 0);
      connection.close();
    }

    /** Says nothing more until the client closes the connection. */
    public void hang() throws IOException {
      if (in.read() < 0) {
        throw new SocketException("closed by the client");
      }
    }
  }
}
