package dev.gatlingllm.gatling;

import dev.gatlingllm.calibration.CalibrationRun;
import dev.gatlingllm.calibration.ConnectionProbe;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.calibration.MeasurementErrorText;
import dev.gatlingllm.calibration.TargetWarmUp;
import dev.gatlingllm.calibration.TruthComparison;
import dev.gatlingllm.calibration.WarmUp;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Tokenizers;
import dev.gatlingllm.config.WarmUpConfig;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.gatling.engine.Preparation;
import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.Proxies;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.simulator.LatencySettings;
import dev.gatlingllm.size.CallSizes;
import dev.gatlingllm.target.CallTarget;
import dev.gatlingllm.target.ProviderClients;
import dev.gatlingllm.target.SimulatedPeer;
import dev.gatlingllm.target.SimulatedTarget;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.timing.NanoClock;
import java.io.PrintStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says what the load may spend, warms the client up, measures its own error, and opens connections
 * to the target, as the settings ask for. Whatever goes wrong in it is told on the console, and the
 * run goes on without.
 *
 * @param plan the load of the simulation, or, if it plans none, that of the settings
 * @param planned whether the simulation planned it, so that the run's own calls are these
 */
record BeforeLoad(
    LlmConfig config,
    ProviderClients clients,
    CallTarget target,
    Supplier<ExpectedLoad> plan,
    boolean planned,
    NanoClock clock,
    PrintStream console)
    implements Preparation {

  /** To open connections in, looking for a credential included. */
  private static final long MOST_SECONDS = 60;

  @Override
  public Optional<URI> address() {
    boolean one = config.regions().isEmpty() && target.client().targets().isEmpty();
    return one ? target.address() : Optional.empty();
  }

  @Override
  public Prepared prepare(Engine engine) {
    Optional<ExpectedLoad> load =
        attempt("the planned load", () -> Optional.of(asAsked(plan.get())));
    if (target.simulator().isEmpty()) {
      attempt(
              "the planned spend",
              () -> planned ? load.map(this::spend) : Optional.of(PlannedSpend.unknown()))
          .ifPresent(line -> console.println("[llm] " + line));
    }
    if (planned) {
      attempt("the planned quota", () -> load.map(this::quota))
          .ifPresent(lines -> lines.forEach(line -> console.println("[llm] " + line)));
    }
    Optional<WarmUpResult> warm =
        load.flatMap(planned -> attempt("the warm-up", () -> warmUp(engine, planned)));
    Prepared measured = load.map(planned -> calibration(engine, planned)).orElse(Prepared.NOTHING);
    Optional<WarmUpResult> all =
        load.flatMap(
                planned ->
                    attempt(
                        "warming up the target",
                        () -> target(engine, planned, warm.orElse(WarmUpResult.NONE))))
            .or(() -> warm);
    return new Prepared(
        all,
        measured.witness(),
        measured.measurementError(),
        attempt("measuring the network", this::network),
        planned ? load.flatMap(ExpectedLoad::sizes).map(CallSizes::words) : Optional.empty());
  }

  private List<String> quota(ExpectedLoad load) {
    return config.quota().isKnown()
        ? new PlannedQuota(config.quota()).of(load, plannedSpend().each(load))
        : List.of();
  }

  private String spend(ExpectedLoad load) {
    return plannedSpend().of(load);
  }

  private PlannedSpend plannedSpend() {
    LlmClient client = target.client();
    Optional<Prices> prices = config.record().prices().map(Prices::read);
    return new PlannedSpend(
        config.load(),
        config.gate(),
        prices.flatMap(all -> all.of(client.provider(), client.defaultModel())),
        prices.map(Prices::currency).orElse(""),
        Tokenizers.of(config));
  }

  /** The load with requests that ask for what {@code llm.request} says. */
  private ExpectedLoad asAsked(ExpectedLoad load) {
    return load.withRequests(() -> config.request().addTo(load.requests().get()));
  }

  private Optional<NetworkLatency> network() {
    Optional<URI> address = target.address();
    if (config.warmUp().probes() == 0 || address.isEmpty()) {
      return Optional.empty();
    }
    if (Proxies.of(System::getenv, System.getProperties()).of(address.get()).isPresent()) {
      console.println("[llm] calls go through a proxy: no connection is timed beforehand");
      return Optional.empty();
    }
    boolean tls = address.get().getScheme().equals("https") && target.simulator().isEmpty();
    try {
      ConnectionProbe probe =
          new ConnectionProbe(address.get(), tls, config.timeout().connect(), clock);
      NetworkLatency found = probe.open(config.warmUp().probes());
      console.println("[llm] " + MeasurementErrorText.of(found));
      probe.tlsFailure().ifPresent(why -> console.println("[llm] TLS could not be set up: " + why));
      return Optional.of(found);
    } catch (UnknownHostException e) {
      console.println(
          "[llm] the host " + ServiceAddress.host(address.get()).orElse("") + " is not known");
      return Optional.empty();
    }
  }

  private Optional<WarmUpResult> warmUp(Engine engine, ExpectedLoad load)
      throws InterruptedException {
    if (config.warmUp().atMost().isZero()) {
      return Optional.empty();
    }
    console.println(
        Figures.fill(
            "[llm] warming up with calls to a simulated endpoint, for up to %.1f s"
                + " (llm.warmUp.atMost)",
            config.warmUp().atMost().toNanos() / 1e9));
    long begin = clock.nanos();
    long callsBefore = firstEndpoint(engine, load);
    try (SimulatedTarget quick = clients.quickEndpoint()) {
      long spent = clock.nanos() - begin;
      WarmUpResult rest =
          warmUp(engine, load, quick)
              .run(
                  config.warmUp().atLeast().minusNanos(spent),
                  config.warmUp().atMost().minusNanos(spent));
      WarmUpResult result =
          rest.withCalls(callsBefore + rest.calls(), clock.nanos() - begin, rest.stable());
      console.println(
          Figures.fill(
              "[llm] warmed up with %d calls to a simulated endpoint%s in %.1f s: %s",
              result.calls(),
              quick.tls() ? ", over TLS," : "",
              result.durationNanos() / 1e9,
              result.stable() ? "they became no faster" : "its time was up (llm.warmUp.atMost)"));
      return Optional.of(result);
    }
  }

  /**
   * One round of calls to an endpoint that is closed before all others begin: classes that only the
   * end of an endpoint loads make the JVM drop compiled code of the path from request to answer.
   *
   * @return the calls
   */
  private long firstEndpoint(Engine engine, ExpectedLoad load) throws InterruptedException {
    try (SimulatedTarget brief = clients.quickEndpoint()) {
      return warmUp(engine, load, brief).run(Duration.ZERO, Duration.ZERO).calls();
    }
  }

  private WarmUp warmUp(Engine engine, ExpectedLoad load, SimulatedTarget endpoint) {
    return new WarmUp(
        clients.clientsOf(endpoint),
        clock,
        engine.timers(),
        load.requests(),
        engine.probe(),
        engine.afterCall());
  }

  private Prepared calibration(Engine engine, ExpectedLoad load) {
    if (config.calibration().duration().isZero()) {
      return Prepared.NOTHING;
    }
    if (target.simulator().isPresent()) {
      TruthComparison every =
          new TruthComparison(
              target.simulator().get(), MeasurementError.Source.RUN, planned ? load.text() : "");
      return new Prepared(Optional.empty(), every, every::result);
    }
    Optional<MeasurementError> calibrated =
        attempt("the calibration run", () -> calibrate(engine, load));
    return new Prepared(Optional.empty(), result -> {}, () -> calibrated);
  }

  private Optional<MeasurementError> calibrate(Engine engine, ExpectedLoad load)
      throws InterruptedException {
    try (SimulatedPeer peer = clients.simulatedPeer()) {
      console.println(
          Figures.fill(
              "[llm] calibration run: %s for %.0f s against a simulated endpoint",
              load.text(), config.calibration().duration().toNanos() / 1e9));
      TruthComparison comparison =
          new TruthComparison(peer.simulator(), MeasurementError.Source.CALIBRATION, load.text());
      new CalibrationRun(
              peer.client(),
              clock,
              engine.timers(),
              engine.builders(),
              speed(),
              engine.probe(),
              (request, result) -> {
                comparison.accept(result);
                engine.afterCall().accept(request, result);
              })
          .play(load, config.calibration().duration());
      Optional<MeasurementError> found = comparison.result();
      console.println(
          "[llm] " + found.map(MeasurementErrorText::of).orElse("no call could be compared"));
      return found;
    }
  }

  private CalibrationRun.Speed speed() {
    LatencySettings latency = config.simulator().settings().latency();
    return new CalibrationRun.Speed(latency.ttft().toNanos(), latency.tokensPerSecond());
  }

  private Optional<WarmUpResult> target(Engine engine, ExpectedLoad load, WarmUpResult before)
      throws InterruptedException {
    WarmUpConfig asked = config.warmUp();
    return switch (asked.target()) {
      case OFF -> before.equals(WarmUpResult.NONE) ? Optional.empty() : Optional.of(before);
      case CONNECT -> {
        int opened = connect(target.ahead().orElseThrow(), load.mostAtOnce(asked.connections()));
        yield Optional.of(before.withConnections(opened));
      }
      case CALLS -> Optional.of(before.withTarget(calls(engine, asked.calls())));
    };
  }

  private int connect(ConnectsAhead ahead, int connections) {
    int opened = ahead.connect(connections).orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join();
    console.println("[llm] opened " + opened + " connections to the target; no request was sent");
    return opened;
  }

  private WarmUpResult.TargetCalls calls(Engine engine, int calls) throws InterruptedException {
    int ofAllTargets = calls * Math.max(1, target.client().targets().size());
    TargetWarmUp.Result result =
        new TargetWarmUp(target.client(), clock, engine.timers()).call(ofAllTargets);
    WarmUpResult.TargetCalls made = result.calls();
    console.println(
        Figures.fill(
            "[llm] %d unlogged calls to the target, %d failed%s; they cost money: %d input + %d"
                + " output tokens",
            made.calls(),
            made.failed(),
            result.firstError().map(error -> " (" + error + ")").orElse(""),
            made.inputTokens(),
            made.outputTokens()));
    return made;
  }

  private interface Step<T> {
    Optional<T> take() throws InterruptedException;
  }

  private <T> Optional<T> attempt(String what, Step<T> step) {
    try {
      return step.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      Throwable cause = e instanceof CompletionException ? e.getCause() : e;
      console.println("[llm] " + what + " failed, the run goes on without: " + cause);
    }
    return Optional.empty();
  }
}
