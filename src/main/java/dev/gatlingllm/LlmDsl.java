package dev.gatlingllm;

import dev.gatlingllm.arrival.ArrivalProcess;
import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.arrival.RatePhase;
import dev.gatlingllm.arrival.RateProfile;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.experiment.Experiment;
import dev.gatlingllm.experiment.conversation.Sessions;
import dev.gatlingllm.gatling.Arrivals;
import dev.gatlingllm.gatling.CallLimit;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LimitTarget;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.LlmAssertions;
import dev.gatlingllm.gatling.LlmProtocolBuilder;
import dev.gatlingllm.gatling.Load;
import dev.gatlingllm.gatling.MeasureLimit;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.gatling.TargetBuilder;
import dev.gatlingllm.gatling.call.History;
import dev.gatlingllm.gatling.call.LlmResponse;
import dev.gatlingllm.gatling.engine.LlmActions;
import dev.gatlingllm.gatling.engine.LlmChecks;
import dev.gatlingllm.run.HeapDumps;
import dev.gatlingllm.size.CallSizes;
import dev.gatlingllm.stats.Measure;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Everything a simulation needs beside Gatling's own DSL.
 *
 * <pre>{@code
 * import static dev.gatlingllm.LlmDsl.*;
 * import static io.gatling.javaapi.core.CoreDsl.*;
 *
 * public class HelloSimulation extends Simulation {
 *   {
 *     setUp(
 *             scenario("hello")
 *                 .exec(llm("chat").prompt("Say hello.").maxTokens(50).check(ttft().lt(800.0)))
 *                 .injectOpen(atOnceUsers(5)))
 *         .protocols(llm)
 *         .assertions(ttft("chat").percentile(95).lt(500));
 *   }
 * }
 * }</pre>
 */
public final class LlmDsl {

  /** The protocol, with the settings of {@code llm.conf} and {@code -Dllm.…}. */
  public static final LlmProtocolBuilder llm = LlmProtocolBuilder.ofSettings();

  static {
    HeapDumps.allow(false);
  }

  private LlmDsl() {}

  /**
   * The settings of {@code llm.conf} and {@code -Dllm.…}, checked.
   *
   * @throws dev.gatlingllm.config.ConfigurationException on the first key that is unknown or has an
   *     impossible value
   */
  public static LlmConfig settings() {
    return LlmConfig.read();
  }

  /**
   * The load that {@code llm.load} asks for.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   * }</pre>
   */
  public static Load load(LlmConfig settings) {
    return Load.of(settings);
  }

  /**
   * Prompts of any size, a new one for every call.
   *
   * <pre>{@code
   * var prompts = prompts(settings());
   * llm("chat").sizes(prompts, prompts.sizes(settings()))
   * }</pre>
   */
  public static Prompts prompts(LlmConfig settings) {
    return Prompts.of(settings);
  }

  /**
   * The plan of a simulation that makes calls of these sizes under {@link #load}: the warm-up and
   * the calibration run do the same.
   *
   * <pre>{@code
   * .protocols(llm.config(settings).expectedLoad(expectedLoad(settings, prompts, sizes)))
   * }</pre>
   */
  public static ExpectedLoad expectedLoad(LlmConfig settings, Prompts prompts, CallSizes sizes) {
    return ExpectedLoads.load(settings, prompts, sizes);
  }

  /**
   * The limits of {@code llm.slo} on the calls of this path.
   *
   * <pre>{@code
   * .assertions(slo(settings(), "chat"))
   * }</pre>
   */
  public static List<Assertion> slo(LlmConfig settings, String first, String... rest) {
    return LlmAssertions.slo(settings.slo(), path(first, rest));
  }

  /**
   * The conversations that {@code llm.conversation} asks for, under the load of {@code llm.load}.
   *
   * <pre>{@code
   * var talk = conversations(settings());
   * setUp(talk.inject(llm("chat")))
   *     .protocols(talk.protocols())
   *     .assertions(talk.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException naming the key, or the file and the place
   *     in it
   */
  public static Experiment conversations(LlmConfig settings) {
    return Sessions.of(settings);
  }

  /** A call to the model whose name is expressed as a Gatling Expression Language String. */
  public static LlmActionBuilder llm(String name) {
    return LlmActionBuilder.named(LlmActions.el(name));
  }

  /** A call to the model whose name is expressed as a function. */
  public static LlmActionBuilder llm(Function<Session, String> name) {
    return LlmActionBuilder.named(name);
  }

  /**
   * A target of this name, of those that the calls of a run are split over: {@code
   * .protocols(llm.targets(target("a").weight(3).model("gpt-a"), target("b").model("lora-b")))}.
   */
  public static TargetBuilder target(String name) {
    return TargetBuilder.named(name);
  }

  /** Open load on an absolute schedule. */
  public static Arrivals arrivals(ArrivalSchedule schedule) {
    return Arrivals.of(schedule);
  }

  /** Open load at a rate over time, evenly spaced where the rate is constant. */
  public static Arrivals arrivals(RateProfile rates) {
    return Arrivals.of(ArrivalSchedule.of(rates));
  }

  /**
   * A rate over time, for {@link #arrivals(RateProfile)}: {@code arrivals(profile(ramp(10, 600,
   * ofMinutes(10)), hold(600, ofMinutes(5))))}. {@link ArrivalSchedule#of(RateProfile,
   * ArrivalProcess, OptionalLong, long)} makes random arrivals of it.
   */
  public static RateProfile profile(RatePhase... phases) {
    return RateProfile.of(phases);
  }

  /** See {@link RatePhase#hold}. */
  public static RatePhase hold(double rpm, Duration time) {
    return RatePhase.hold(rpm, time);
  }

  /** See {@link RatePhase#pause}; not named so since Gatling's own DSL has a {@code pause}. */
  public static RatePhase noArrivals(Duration time) {
    return RatePhase.pause(time);
  }

  /** See {@link RatePhase#ramp}. */
  public static RatePhase ramp(double fromRpm, double toRpm, Duration during) {
    return RatePhase.ramp(fromRpm, toRpm, during);
  }

  /** See {@link RatePhase#steps}. */
  public static RatePhase steps(double fromRpm, double toRpm, double byRpm, Duration each) {
    return RatePhase.steps(fromRpm, toRpm, byRpm, each);
  }

  /** See {@link RatePhase#spike}. */
  public static RatePhase spike(double baseRpm, double peakRpm, Duration time) {
    return RatePhase.spike(baseRpm, peakRpm, time);
  }

  /** See {@link RatePhase#sine}. */
  public static RatePhase sine(
      double meanRpm, double amplitudeRpm, Duration period, Duration during) {
    return RatePhase.sine(meanRpm, amplitudeRpm, period, during);
  }

  /** Checks the time to first token, ms: {@code check(ttft().lt(800.0))}. */
  public static CheckBuilder.Find<Double> ttft() {
    return measure("ttft", Measure.TTFT);
  }

  /** Checks the decode rate, tokens per second: {@code check(tokensPerSecond().gte(20.0))}. */
  public static CheckBuilder.Find<Double> tokensPerSecond() {
    return measure("tokensPerSecond", Measure.TOKENS_PER_SECOND);
  }

  /** Checks the number of output tokens: {@code check(outputTokens().lte(100))}. */
  public static CheckBuilder.Find<Integer> outputTokens() {
    return LlmChecks.measure(
        "outputTokens", Integer.class, response -> whole(response.call().tokens().output()));
  }

  /**
   * Checks the text of the answer, and keeps it for later calls: {@code
   * check(answer().saveAs("answer"))}. With the arguments of a tool's call, if it calls one.
   *
   * <pre>{@code
   * llm("chat").prompt("Name a river.").check(answer().saveAs("river"))
   * }</pre>
   */
  public static CheckBuilder.Find<String> answer() {
    return LlmChecks.measure("answer", String.class, response -> Optional.of(response.text()));
  }

  /**
   * Checks a part of an answer that is JSON, by a JMESPath.
   *
   * <pre>{@code
   * llm("chat").prompt("Answer in JSON: …").check(answerJson("rivers[0].name").is("Nile"))
   * }</pre>
   */
  public static CheckBuilder.JsonOfTypeFind answerJson(String path) {
    return CoreDsl.jmesPath(path);
  }

  /**
   * Checks the arguments of the tools that the answer calls; absent if it calls none.
   *
   * <pre>{@code
   * llm("agent").messages(…).extraBody(tools).check(toolCall().exists())
   * }</pre>
   */
  public static CheckBuilder.Find<String> toolCall() {
    return LlmChecks.measure("toolCall", String.class, LlmResponse::toolCall);
  }

  /**
   * Forgets a conversation, so that the next call with this {@link LlmActionBuilder#history} begins
   * a new session.
   *
   * <pre>{@code
   * repeat(10).on(newConversation("talk"), exec(llm("chat").history("talk").user("Hello.")))
   * }</pre>
   */
  public static ChainBuilder newConversation(String name) {
    return CoreDsl.exec(session -> session.remove(History.attribute(name)));
  }

  /** Checks why the model stopped, in the provider's word: {@code finishReason().is("stop")}. */
  public static CheckBuilder.Find<String> finishReason() {
    return LlmChecks.measure(
        "finishReason",
        String.class,
        response ->
            Optional.of(response.call().service().finishReason()).filter(s -> !s.isEmpty()));
  }

  /** See {@link LlmAssertions#ttft}: {@code .assertions(ttft("chat").percentile(95).lt(500))}. */
  public static MeasureLimit ttft(String first, String... rest) {
    return LlmAssertions.ttft(path(first, rest));
  }

  /** See {@link LlmAssertions#e2e}: {@code .assertions(e2e("chat").max().lt(5000))}. */
  public static MeasureLimit e2e(String first, String... rest) {
    return LlmAssertions.e2e(path(first, rest));
  }

  /**
   * See {@link LlmAssertions#tokensPerSecond}: {@code
   * .assertions(tokensPerSecond("chat").percentile(5).gte(30))}.
   */
  public static MeasureLimit tokensPerSecond(String first, String... rest) {
    return LlmAssertions.tokensPerSecond(path(first, rest));
  }

  /**
   * See {@link LlmAssertions#tpotMicros}: {@code
   * .assertions(tpotMicros("chat").percentile(95).lt(40_000))}.
   */
  public static MeasureLimit tpotMicros(String first, String... rest) {
    return LlmAssertions.tpotMicros(path(first, rest));
  }

  /**
   * See {@link LlmAssertions#maxInterChunk}: {@code
   * .assertions(maxInterChunk("chat").percentile(95).lt(1000))}.
   */
  public static MeasureLimit maxInterChunk(String first, String... rest) {
    return LlmAssertions.maxInterChunk(path(first, rest));
  }

  /**
   * See {@link LlmAssertions#scheduleDelay}: {@code
   * .assertions(scheduleDelay("chat").percentile(99).lt(20))}.
   */
  public static MeasureLimit scheduleDelay(String first, String... rest) {
    return LlmAssertions.scheduleDelay(path(first, rest));
  }

  /** See {@link LlmAssertions#goodput}: {@code .assertions(goodput("chat").gte(95.0))}. */
  public static LimitTarget<Double> goodput(String first, String... rest) {
    return LlmAssertions.goodput(path(first, rest));
  }

  /** See {@link LlmAssertions#failed}: {@code .assertions(failed("chat").percent().lt(1.0))}. */
  public static CallLimit failed(String first, String... rest) {
    return LlmAssertions.failed(path(first, rest));
  }

  private static String[] path(String first, String[] rest) {
    String[] all = new String[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private static CheckBuilder.Find<Double> measure(String name, Measure measure) {
    Function<LlmResponse, Optional<Double>> value =
        response -> {
          OptionalDouble found = measure.of(response.call());
          return found.isPresent() ? Optional.of(found.getAsDouble()) : Optional.empty();
        };
    return LlmChecks.measure(name, Double.class, value);
  }

  private static Optional<Integer> whole(OptionalLong value) {
    return value.isPresent() ? Optional.of(Math.toIntExact(value.getAsLong())) : Optional.empty();
  }
}
