package dev.gatlingllm.target;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** The simulated endpoint in this process, and a client that takes it down with itself. */
public final class SimulatedTarget implements AutoCloseable {

  /** Calls are compared when they end: only the latest need be known. */
  private static final int COMPARED_CALLS = 2_000;

  private final Simulator simulator;

  private SimulatedTarget(Simulator simulator) {
    this.simulator = simulator;
  }

  /** The endpoint that {@code llm.simulator} asks for. */
  static SimulatedTarget start(LlmConfig config) {
    return start(config, Map.of());
  }

  /** Such an endpoint in a region. */
  static SimulatedTarget start(LlmConfig config, String region) {
    return start(config, Map.of("region", region));
  }

  /**
   * The simulated orchestrator, which answers as {@code llm.simulator} asks for, without TLS.
   *
   * @param key that every question must carry
   */
  public static SimulatedTarget startOrchestrator(LlmConfig config, String key) {
    return start(config, Map.of("apiKey", key, "tls", false));
  }

  private static SimulatedTarget start(LlmConfig config, Map<String, ?> changes) {
    int recordedCalls = config.calibration().duration().isZero() ? 0 : COMPARED_CALLS;
    return start(
        config
            .simulator()
            .with(Map.of("recordedCalls", recordedCalls, "seed", config.seed()))
            .with(changes)
            .settings());
  }

  /** An endpoint that answers at once: for warming up. */
  public static SimulatedTarget startQuick(boolean tls) {
    return start(
        SimulatorConfig.of(
            "ttft = 2 ms, prefillPerToken = 0 s, tokensPerSecond = 2000, jitter = 0",
            "defaultMaxTokens = 60, capacity = 1000, recordedCalls = 0, tls = " + tls));
  }

  private static SimulatedTarget start(SimulatorSettings settings) {
    return new SimulatedTarget(Simulator.start(settings, NanoClock.SYSTEM));
  }

  public Simulator simulator() {
    return simulator;
  }

  public URI address() {
    return simulator.uri();
  }

  public boolean tls() {
    return simulator.certificate().isPresent();
  }

  @Override
  public void close() {
    simulator.close();
  }

  /** The client, which closes the simulated endpoint when it is closed. */
  LlmClient closedWith(LlmClient client) {
    return new LlmClient() {
      @Override
      public String provider() {
        return client.provider();
      }

      @Override
      public CallHandle start(LlmRequest request, CallListener listener) {
        return client.start(request, listener);
      }

      @Override
      public void check(LlmRequest request) {
        client.check(request);
      }

      @Override
      public List<Executor> eventLoops() {
        return client.eventLoops();
      }

      @Override
      public void close() {
        client.close();
        simulator.close();
      }
    };
  }
}
