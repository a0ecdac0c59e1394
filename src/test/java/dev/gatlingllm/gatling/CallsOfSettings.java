package dev.gatlingllm.gatling;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.EngineSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.simulator.SimulatedCall;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.target.CallTarget;
import dev.gatlingllm.target.TargetOfSettings;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls by the client that the product makes of settings, on a machine without a trace of an
 * identity, to an endpoint that keeps what it gets or to the simulated one.
 */
final class CallsOfSettings implements AutoCloseable {

  /** Headers that are new for each request, or say where it goes. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "amz-sdk-invocation-id",
          "x-amz-date",
          "date",
          "host",
          "content-length",
          "x-ms-client-request-id");

  /** Stands for the address of a server that only one call has. */
  static final String HERE = "an address of its own";

  private static final long SLOW_NANOS = 100_000_000L;
  private static final int TRIES = 5;
  private static final int FEW = 20;

  private final SentRequests endpoint = new SentRequests();
  private final Path nowhere;
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "timers of calls");
            thread.setDaemon(true);
            return thread;
          });
  private final Timer timer =
      (nanos, task) -> {
        ScheduledFuture<?> due = timers.schedule(task, nanos, TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
      };

  /**
   * Calls of a machine.
   *
   * @param nowhere a folder with no trace of an identity
   */
  CallsOfSettings(Path nowhere) {
    this.nowhere = nowhere;
  }

  /** The address of the endpoint that keeps what it gets. */
  String address() {
    return endpoint.address();
  }

  private static String environment(String variable) {
    return Map.of(
            "ANTHROPIC_API_KEY", "key-of-anthropic",
            "OPENAI_API_KEY", "key-of-openai",
            "OTHER_KEY", "key-of-another-variable")
        .get(variable);
  }

  CallTarget target(LlmConfig config) {
    return TargetOfSettings.of(config, CallsOfSettings::environment, nowhere);
  }

  static LlmRequest request(LlmConfig config) {
    return config.request().request(List.of(Message.user("Hi"))).withMaxTokens(9);
  }

  CompletableFuture<CallResult> call(LlmClient client, LlmConfig config, LlmRequest request) {
    CompletableFuture<CallResult> result = new CompletableFuture<>();
    new LlmCall(
            client,
            request,
            NanoClock.SYSTEM.nanos(),
            EngineSettings.limits(config),
            RetryPolicy.NONE,
            timer,
            NanoClock.SYSTEM,
            result::complete)
        .start();
    return result;
  }

  /** Path, headers and body of a request. */
  Object sent(LlmConfig config) {
    return sent(config, request(config));
  }

  /** The headers of a request for the service's metrics. */
  Object metricsHeaders(LlmConfig config) {
    endpoint.answer(200, "");
    while (endpoint.now().isPresent()) {
      // a request of another setting
    }
    var unused = ServerMetricsCheck.addresses(config, Optional.empty(), System.out);
    Map<String, String> headers = new TreeMap<>(endpoint.next().headers());
    headers.remove("Host");
    return headers;
  }

  /** The same of a call that names the region {@code north}. */
  Object sentNorth(LlmConfig config) {
    return sent(config, request(config).withRegion("north"));
  }

  /** The same of this call. */
  Object sent(LlmConfig config, LlmRequest request) {
    endpoint.answer(400, "{}");
    try (LlmClient client = target(config).client()) {
      CallResult result = call(client, config, request).join();
      SentRequests.Sent sent =
          endpoint
              .now()
              .orElseThrow(() -> new AssertionError("nothing was sent: " + result.error()));
      Map<String, String> headers = new TreeMap<>(sent.headers());
      headers.keySet().removeIf(name -> NOT_COMPARED.contains(name.toLowerCase(Locale.ROOT)));
      headers.computeIfPresent(
          "Authorization",
          (name, value) -> value.replaceAll("Signature=.*", "").replaceAll("/\\d{8}/", "/DATE/"));
      return List.of(sent.path(), headers, sent.body());
    }
  }

  /** Whether a client can be made without a trace of an identity. */
  Object credentials(LlmConfig config) {
    try (LlmClient client = target(config).client()) {
      return client.provider();
    } catch (ConfigurationException refused) {
      return refused.getMessage();
    }
  }

  /** The same with a trace of an identity of AWS. */
  Object credentialsWithProfile(LlmConfig config) {
    try (LlmClient client =
        TargetOfSettings.of(config, name -> name.equals("AWS_PROFILE") ? "p" : null, nowhere)
            .client()) {
      return client.provider();
    } catch (ConfigurationException refused) {
      return refused.getMessage();
    }
  }

  /** Whether any of some calls, one after another, has the connection of an earlier one. */
  Object reuses(LlmConfig config) {
    boolean any = false;
    try (LlmClient client = target(config).client()) {
      for (int i = 0; i < FEW; i++) {
        endpoint.answer(
            200, "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");
        any |= call(client, config, request(config)).join().connection().reused();
        endpoint.next();
      }
    }
    return any;
  }

  /** What comes of an answer in one piece. */
  Object answered(LlmConfig config, int status, String json) {
    endpoint.answer(status, json);
    try (LlmClient client = target(config).client()) {
      CallResult result = call(client, config, request(config)).join();
      endpoint.next();
      return told(result);
    }
  }

  private static List<Object> told(CallResult result) {
    return List.of(
        result.outcome(),
        result.error(),
        result.errorDetail(),
        result.answer(),
        result.reasoning(),
        result.finishReason(),
        result.served(),
        result.usage());
  }

  private static String told(ResponseHead head) {
    return head.region() + head.retryAfterMillis() + head.utilizationPercent() + head.deployment();
  }

  /** The first letters that a server hears: {@code POS} of HTTP/1.1, {@code PRI} of HTTP/2. */
  Object firstLetters(Map<String, String> settings) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      LlmConfig here = at(settings, "http://127.0.0.1:" + server.getLocalPort());
      try (LlmClient client = target(here).client()) {
        CompletableFuture<CallResult> unused = call(client, here, request(here));
        try (Socket socket = server.accept()) {
          return new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
        }
      }
    }
  }

  /** How a call ends whose server never answers the TLS handshake. */
  Object silentHandshake(Map<String, String> settings) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      LlmConfig here = at(settings, "https://127.0.0.1:" + server.getLocalPort());
      try (LlmClient client = target(here).client()) {
        return call(client, here, request(here)).join().error();
      }
    }
  }

  private static LlmConfig at(Map<String, String> settings, String address) {
    Map<String, String> here = new TreeMap<>(settings);
    here.replaceAll((key, value) -> value.equals(HERE) ? address : value);
    return GivenSettings.of(here);
  }

  /** The most of two requests that are under way together, as their server sees it. */
  Object together(LlmConfig config) {
    // With room for one, the second never comes before the first is answered, however long.
    long patience = config.maxConnections() == 1 ? 100 : 60_000;
    endpoint.answer(400, "{}");
    endpoint.holdUntilTwo(patience);
    try (LlmClient client = target(config).client()) {
      Stream.of(call(client, config, request(config)), call(client, config, request(config)))
          .forEach(CompletableFuture::join);
      endpoint.next();
      endpoint.next();
      return endpoint.mostTogether();
    } finally {
      endpoint.holdNone();
    }
  }

  /** A simulated call, seen from both ends. */
  Object simulated(LlmConfig config) {
    return simulated(config, request(config), 1);
  }

  /** The second of two simulated calls one after the other, with the same long prompt. */
  Object repeated(LlmConfig config) {
    String text = "All work and no play. ".repeat(200);
    return simulated(config, LlmRequest.ofPrompt(text).withMaxTokens(9), 2);
  }

  private Object simulated(LlmConfig config, LlmRequest request, int calls) {
    CallTarget target = target(config);
    Simulator simulator = target.simulator().orElseThrow();
    try (LlmClient client = target.client()) {
      CallResult last = null;
      for (int i = 0; i < calls; i++) {
        last = call(client, config, request).join();
      }
      List<SimulatedCall> truth = simulator.calls();
      return List.of(
          client.provider(),
          simulator.uri().getScheme(),
          told(last),
          told(last.head()),
          truth.stream().map(one -> one.fault() + " " + one.chunkNanos().length).toList());
    }
  }

  /** Whether the first token, and those after it, always take 0.1 s and more. */
  Object slow(LlmConfig config) {
    boolean first = true;
    boolean rest = true;
    for (SimulatedCall call : several(config, TRIES, false)) {
      long[] chunks = call.chunkNanos();
      first &= chunks[0] - call.serviceNanos().orElseThrow() >= SLOW_NANOS;
      rest &= chunks[chunks.length - 1] - chunks[0] >= SLOW_NANOS;
    }
    return List.of(first, rest);
  }

  /** A call that names no bound of its output. */
  Object unbounded(LlmConfig config) {
    return simulated(config, LlmRequest.ofPrompt("Hi"), 1);
  }

  /** Whether any of a few calls at once is turned away. */
  Object turnsAway(LlmConfig config) {
    return several(config, TRIES, true).stream().anyMatch(call -> call.serviceNanos().isEmpty());
  }

  /** How many event loops serve a few connections. */
  Object loops(LlmConfig config) {
    Set<String> before = simulatorThreads();
    CallTarget target = target(config);
    try (LlmClient client = target.client()) {
      Stream.generate(() -> call(client, config, request(config)))
          .limit(TRIES)
          .toList()
          .forEach(CompletableFuture::join);
      Set<String> during = simulatorThreads();
      during.removeAll(before);
      return during.size();
    }
  }

  private static Set<String> simulatorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("llm-simulator-"))
        .map(thread -> thread.getName() + " " + thread.getId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether any of a few calls at once is handed over to another deployment. */
  Object handsOver(LlmConfig config) {
    try (LlmClient client = target(config).client()) {
      return Stream.generate(() -> call(client, config, request(config)))
          .limit(TRIES)
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .anyMatch(result -> !result.head().deployment().spilledFrom().isEmpty());
    }
  }

  /** Whether any of a few calls waits until another one has been served. */
  Object waits(LlmConfig config) {
    List<SimulatedCall> calls = several(config, 2, true);
    OptionalLong firstEnd = calls.stream().mapToLong(c -> c.endNanos().orElseThrow()).min();
    return calls.stream()
        .anyMatch(call -> call.serviceNanos().orElseThrow() >= firstEnd.getAsLong());
  }

  /** Whether any of a few calls has its first token before 0.2 s. */
  Object early(LlmConfig config) {
    return several(config, TRIES, true).stream()
        .anyMatch(
            call -> call.chunkNanos()[0] - call.serviceNanos().orElseThrow() < 2 * SLOW_NANOS);
  }

  private List<SimulatedCall> several(LlmConfig config, int count, boolean together) {
    CallTarget target = target(config);
    Simulator simulator = target.simulator().orElseThrow();
    try (LlmClient client = target.client()) {
      Stream<CompletableFuture<CallResult>> calls =
          Stream.generate(() -> call(client, config, request(config))).limit(count);
      (together ? calls.toList().stream() : calls).forEach(CompletableFuture::join);
      return simulator.calls();
    }
  }

  /** The result of a call. */
  CallResult result(LlmClient client, LlmConfig config) {
    return call(client, config, request(config)).join();
  }

  Timer timer() {
    return timer;
  }

  @Override
  public void close() {
    endpoint.close();
    timers.shutdownNow();
  }
}
