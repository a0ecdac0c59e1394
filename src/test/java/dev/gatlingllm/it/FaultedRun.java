package dev.gatlingllm.it;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.faults.FaultProxy;
import dev.gatlingllm.faults.Mix;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.simulator.RecordingSimulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run of one provider against a simulated endpoint behind the fault proxy. */
final class FaultedRun implements AutoCloseable {

  private static final int FEW_USERS = 12;
  private static final int USERS = 48;
  private static final int MANY_CALLS = 1_000;
  private static final Map<String, String> KEYS =
      Map.of(
          "OPENAI_API_KEY", "key-of-the-test-0123456789",
          "AZURE_OPENAI_API_KEY", "key-of-the-test-0123456789",
          "AWS_BEARER_TOKEN_BEDROCK", "key-of-the-test-0123456789");

  /** A provider and how it speaks. */
  enum Wire {
    ANTHROPIC("anthropic", false),
    OPENAI("openai", false),
    AZURE_OPENAI("azure-openai", false),
    BEDROCK_HTTP1("bedrock", false),
    BEDROCK_HTTP2("bedrock", true);

    private final String provider;
    private final boolean http2;

    Wire(String provider, boolean http2) {
      this.provider = provider;
      this.http2 = http2;
    }

    private Mix mix(boolean tls, int users) {
      Mix.Protocol readable = http2 ? Mix.Protocol.HTTP2 : Mix.Protocol.HTTP1;
      Mix.Protocol protocol = tls ? Mix.Protocol.OPAQUE : readable;
      return http2 ? Mix.ofSharedConnections(protocol, users) : Mix.ofSingleCalls(protocol);
    }

    private List<String> settings(String endpoint) {
      return switch (this) {
        case ANTHROPIC -> List.of("llm.anthropic.baseUrl=" + endpoint, "llm.anthropic.model=m");
        case OPENAI -> List.of("llm.openai.baseUrl=" + endpoint + "/v1", "llm.openai.model=m");
        case AZURE_OPENAI -> List.of("llm.azure.endpoint=" + endpoint, "llm.azure.deployment=m");
        default ->
            List.of(
                "llm.bedrock.endpoint=" + endpoint,
                "llm.bedrock.region=us-east-1",
                "llm.bedrock.modelId=m",
                "llm.bedrock.http=" + (http2 ? "http2" : "http1"));
      };
    }
  }

  private final String name;
  private final int calls;
  private final RecordingSimulator endpoint;
  private final FaultProxy proxy;
  private final GatlingProcess gatling;

  private FaultedRun(
      String name,
      int calls,
      RecordingSimulator endpoint,
      FaultProxy proxy,
      GatlingProcess gatling) {
    this.name = name;
    this.calls = calls;
    this.endpoint = endpoint;
    this.proxy = proxy;
    this.gatling = gatling;
  }

  /**
   * Starts a run.
   *
   * @param calls at least so many are made
   */
  static FaultedRun start(Path parent, Wire wire, boolean tls, int calls, long seed)
      throws IOException, GeneralSecurityException {
    int users = calls < MANY_CALLS ? FEW_USERS : USERS;
    String name = wire.name().toLowerCase(Locale.ROOT) + (tls ? " over TLS" : " over TCP");
    Path folder = Files.createDirectories(parent.resolve(name.replace(' ', '-')));
    RecordingSimulator endpoint = RecordingSimulator.start(simulated(tls));
    FaultProxy proxy =
        FaultProxy.start(endpoint.port(), wire.mix(tls, users), seed + name.hashCode());
    int each = (calls + users - 1) / users;
    List<String> settings = new ArrayList<>(limits());
    settings.add("llm.provider=" + wire.provider);
    settings.addAll(wire.settings((tls ? "https" : "http") + "://127.0.0.1:" + proxy.port()));
    settings.add(FaultedSimulation.USERS + "=" + users);
    settings.add(FaultedSimulation.CALLS + "=" + each);
    if (tls) {
      settings.addAll(TrustStore.of(endpoint.certificate().orElseThrow(), folder));
    }
    return new FaultedRun(
        name,
        each * users,
        endpoint,
        proxy,
        GatlingProcess.start(
            folder, KEYS, FaultedSimulation.class.getName(), settings.toArray(String[]::new)));
  }

  private static SimulatorSettings simulated(boolean tls) {
    return SimulatorConfig.of(
        "tls = " + tls,
        "ttft = 5 ms, prefillPerToken = 0 ms, tokensPerSecond = 500, tokensPerChunk = 1",
        "capacity = 1000, throttleWait = 20 ms, faults.throttle = 0.04");
  }

  private static List<String> limits() {
    return List.of(
        "llm.warmUp.atMost=0s",
        "llm.warmUp.probes=0",
        "llm.calibration.duration=0s",
        "llm.timeout.connect=2s",
        "llm.timeout.firstToken=2s",
        "llm.timeout.stall=2s",
        "llm.timeout.total=4s",
        "llm.retry.mode=backoff",
        "llm.retry.maxAttempts=3",
        "llm.retry.backoff=20ms",
        "llm.record.content=true");
  }

  /** Waits for the end of the run and returns what did not hold, a line each. */
  List<String> broken(Duration patience) throws Exception {
    int exitCode = gatling.exitCode(patience);
    proxy.close();
    List<CallRecord> records = gatling.calls();
    FaultLaws laws = new FaultLaws(calls, records, endpoint);
    List<String> broken = new ArrayList<>();
    if (exitCode != 0) {
      broken.add("exit code " + exitCode + ":\n" + gatling.console());
    }
    broken.addAll(laws.broken());
    broken.addAll(laws.broken(gatling.info().accounting().orElseThrow()));
    System.out.printf(
        Locale.ROOT,
        "%s: %d calls, %d requests at the endpoint, %d connections%n  outcomes %s%n  faults %s%n",
        name,
        calls,
        endpoint.received(),
        proxy.accepted(),
        laws.outcomes(),
        proxy.counts());
    return broken;
  }

  @Override
  public void close() throws IOException {
    gatling.process().destroyForcibly();
    proxy.close();
    endpoint.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
