package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A Chromium without a window, told what to do by the DevTools protocol over the JDK's WebSocket
 * client. Confined to one thread.
 */
final class Browser implements AutoCloseable {

  /** Generous: a busy machine must not fail a test. */
  private static final long MOST_SECONDS = 120;

  private static final List<Path> PLACES =
      Stream.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
          .map(name -> Path.of("/usr/bin", name))
          .toList();

  private static final Map<String, Integer> KEYS =
      Map.of(
          "Tab",
          9,
          "Enter",
          13,
          "Escape",
          27,
          " ",
          32,
          "Home",
          36,
          "End",
          35,
          "ArrowLeft",
          37,
          "ArrowRight",
          39);

  private final ObjectMapper json = new ObjectMapper();
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private String session = "";
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

  /** The browser of this machine, if it has one. */
  static Optional<Path> program() {
    return PLACES.stream().filter(Files::isExecutable).findFirst();
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder for what it writes
   */
  Browser(Path program, Path profile, int width, int height) throws IOException {
    this.profile = profile;
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-extensions",
                "--disable-component-update",
                "--disable-background-networking",
                "--disable-sync",
                "--window-size=" + width + "," + height,
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket =
        await(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address(), new In()));
    String target =
        send("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    send("Page.enable", Map.of());
    send("Network.enable", Map.of());
    send("Runtime.enable", Map.of());
    size(width, height);
  }

  private URI address() throws IOException {
    BufferedReader said = process.errorReader();
    String begin = "DevTools listening on ";
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(begin)) {
        Thread drain = new Thread(() -> drain(said), "browser-stderr");
        drain.setDaemon(true);
        drain.start();
        return URI.create(line.substring(begin.length()));
      }
    }
    throw new IOException("the browser ended before it listened");
  }

  /** A browser that nobody listens to stands still when the pipe is full. */
  private static void drain(BufferedReader said) {
    try {
      while (said.readLine() != null) {
        // Its remarks on the machine are of no interest.
      }
    } catch (IOException closed) {
      // It has ended.
    }
  }

  /** Takes the browser's messages. */
  private final class In implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void take(String message) {
    JsonNode node;
    try {
      node = json.readTree(message);
    } catch (IOException e) {
      errors.add("not JSON: " + message);
      return;
    }
    if (node.has("id")) {
      answers.remove(node.get("id").asLong()).complete(node);
      return;
    }
    JsonNode params = node.path("params");
    switch (node.path("method").asText()) {
      case "Network.requestWillBeSent" -> requests.add(params.path("request").path("url").asText());
      case "Runtime.exceptionThrown" -> errors.add(params.path("exceptionDetails").toString());
      case "Page.loadEventFired" -> loaded.complete(null);
      default -> {}
    }
  }

  private JsonNode send(String method, Map<String, ?> parameters) throws IOException {
    long id = lastId.incrementAndGet();
    ObjectNode message = json.createObjectNode();
    message.put("id", id).put("method", method);
    message.set("params", json.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    await(socket.sendText(message.toString(), true));
    JsonNode told = await(answer);
    if (told.has("error")) {
      throw new IOException(method + ": " + told.get("error"));
    }
    return told.get("result");
  }

  private static <T> T await(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the browser worked", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the browser did not answer", e);
    }
  }

  /** Opens a page and waits until it is loaded and its charts are drawn. */
  void open(URI page) throws IOException {
    loaded = new CompletableFuture<>();
    requests.clear();
    send("Page.navigate", Map.of("url", page.toString()));
    await(loaded);
  }

  /** Makes the page as large as a window of this size. */
  void size(int width, int height) throws IOException {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The value of a JavaScript expression; of a promise, what it is kept with. */
  JsonNode value(String expression) throws IOException {
    JsonNode told =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (told.has("exceptionDetails")) {
      throw new IOException(expression + ": " + told.get("exceptionDetails"));
    }
    return told.get("result").path("value");
  }

  /** The text of the value of an expression. */
  String text(String expression) throws IOException {
    return value(expression).asText();
  }

  /** Presses a key and lets it go. */
  void press(String key) throws IOException {
    Map<String, Object> down =
        Map.of(
            "type",
            key.equals(" ") || key.equals("Enter") ? "keyDown" : "rawKeyDown",
            "key",
            key,
            "code",
            key.equals(" ") ? "Space" : key,
            "windowsVirtualKeyCode",
            KEYS.get(key),
            "text",
            key.equals(" ") ? " " : key.equals("Enter") ? "\r" : "");
    send("Input.dispatchKeyEvent", down);
    send(
        "Input.dispatchKeyEvent",
        Map.of(
            "type",
            "keyUp",
            "key",
            key,
            "code",
            down.get("code"),
            "windowsVirtualKeyCode",
            KEYS.get(key)));
  }

  /** Draws the mouse over the page with its left button down. */
  void drag(double fromX, double toX, double y) throws IOException {
    mouse("mouseMoved", fromX, y);
    mouse("mousePressed", fromX, y);
    mouse("mouseMoved", (fromX + toX) / 2, y);
    mouse("mouseMoved", toX, y);
    mouse("mouseReleased", toX, y);
  }

  private void mouse(String type, double x, double y) throws IOException {
    send(
        "Input.dispatchMouseEvent",
        Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1));
  }

  /** Every address that the page asked for since it was opened. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Errors of the page's code. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      // Its folder can be removed only when it no longer writes there.
      process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (String lock : List.of("SingletonCookie", "SingletonLock", "SingletonSocket")) {
      Files.deleteIfExists(profile.resolve(lock));
    }
  }
}
