package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.app.AppFormat;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.record.WarmUpResult;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is done before the first user starts. */
@FunctionalInterface
public interface Preparation {

  /** Does it, and returns when it is done. Nothing that goes wrong in it fails the run. */
  Prepared prepare(Engine engine);

  /** The server that all calls go to; empty if it is not known, or there are several. */
  default Optional<URI> address() {
    return Optional.empty();
  }

  /** Nothing is done. */
  Preparation NONE = engine -> Prepared.NOTHING;

  /**
   * The parts of the load engine that a call of the run will use, for calls that belong to no run.
   *
   * @param timers the timer of the next call
   * @param builders where prompts are built
   * @param probe measures what the client adds to a call
   * @param afterCall what becomes of a call that has ended, but for its being written and counted
   * @param http makes clients that call over Gatling's HTTP client; whoever asks for one closes it
   */
  record Engine(
      Supplier<Timer> timers,
      Executor builders,
      CallProbe probe,
      BiConsumer<LlmRequest, CallResult> afterCall,
      Function<HttpTarget, LlmClient> http) {}

  /**
   * Where calls over HTTP go.
   *
   * @param address where they are posted
   * @param format how to read the responses
   * @param body the JSON of a request
   */
  record HttpTarget(URI address, AppFormat format, Function<LlmRequest, String> body) {}

  /**
   * What came out.
   *
   * @param warmUp what was done to warm up; empty if nothing
   * @param witness sees every call of the run when it has ended
   * @param measurementError asked when the run begins and when it has ended
   * @param network how long it took to open connections; empty if it was not measured
   * @param sizes the sizes of the calls in words; empty if they are not known
   */
  record Prepared(
      Optional<WarmUpResult> warmUp,
      Consumer<CallResult> witness,
      Supplier<Optional<MeasurementError>> measurementError,
      Optional<NetworkLatency> network,
      Optional<String> sizes) {

    /** The network was not measured, and nothing is known of sizes. */
    public Prepared(
        Optional<WarmUpResult> warmUp,
        Consumer<CallResult> witness,
        Supplier<Optional<MeasurementError>> measurementError) {
      this(warmUp, witness, measurementError, Optional.empty(), Optional.empty());
    }

    /** Nothing was done. */
    public static final Prepared NOTHING =
        new Prepared(Optional.empty(), result -> {}, Optional::empty);
  }
}
