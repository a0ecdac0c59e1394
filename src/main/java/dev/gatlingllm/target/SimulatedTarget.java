package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.simulator.Fault;
import dev.gatlingllm.simulator.Jitter;
import dev.gatlingllm.simulator.SettingsBuilder;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
    return start(config, "simulated");
  }

  /** Such an endpoint in a region. */
  static SimulatedTarget start(LlmConfig config, String region) {
    SettingsBuilder settings = settings(config).region(region);
    return new SimulatedTarget(Simulator.start(built(settings), NanoClock.SYSTEM));
  }

  /**
   * The simulated orchestrator, which answers as {@code llm.simulator} asks for, without TLS.
   *
   * @param key that every question must carry
   */
  public static SimulatedTarget startOrchestrator(LlmConfig config, String key) {
    SettingsBuilder settings = settings(config).apiKey(key).tls(false);
    return new SimulatedTarget(Simulator.start(built(settings), NanoClock.SYSTEM));
  }

  /** An endpoint that answers at once: for warming up. */
  public static SimulatedTarget startQuick(boolean tls) {
    SimulatorSettings settings =
        SimulatorSettings.builder()
            .timeToFirstToken(Duration.ofMillis(2))
            .prefillMillisPerInputToken(0)
            .tokensPerSecond(2_000)
            .firstTokenJitter(Jitter.NONE)
            .gapJitter(Jitter.NONE)
            .defaultMaxTokens(60)
            .capacity(1_000)
            .recordedCalls(0)
            .tls(tls)
            .build();
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

  private static SettingsBuilder settings(LlmConfig config) {
    SimulatorConfig simulator = config.simulator();
    Jitter jitter = simulator.jitter() == 0 ? Jitter.NONE : Jitter.uniform(simulator.jitter());
    SettingsBuilder builder =
        SimulatorSettings.builder()
            .timeToFirstToken(simulator.ttft())
            .prefillMillisPerInputToken(simulator.prefillPerToken().toNanos() / 1e6)
            .tokensPerSecond(simulator.tokensPerSecond())
            .tokensPerChunk(simulator.tokensPerChunk())
            .firstTokenJitter(jitter)
            .gapJitter(jitter)
            .reasoningTokens(simulator.reasoningTokens())
            .cacheTtl(simulator.cacheTtl())
            .cacheMinTokens(simulator.cacheMinTokens())
            .capacity(simulator.capacity())
            .recordedCalls(config.calibration().duration().isZero() ? 0 : COMPARED_CALLS)
            .tls(simulator.tls())
            .seed(config.seed());
    simulator.requestsPerMinute().ifPresent(builder::requestsPerMinute);
    simulator.tokensPerMinute().ifPresent(builder::tokensPerMinute);
    for (Map.Entry<String, Double> fault : simulator.faults().entrySet()) {
      builder.fault(fault(fault.getKey()), fault.getValue());
    }
    return builder;
  }

  private static SimulatorSettings built(SettingsBuilder builder) {
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("llm.simulator: " + e.getMessage());
    }
  }

  /** {@code serverError} is {@code SERVER_ERROR}. */
  private static Fault fault(String key) {
    return Fault.valueOf(key.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
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
