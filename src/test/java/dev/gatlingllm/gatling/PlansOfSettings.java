package dev.gatlingllm.gatling;

import static dev.gatlingllm.LlmDsl.llm;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.calibration.WarmUp;
import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.LlmProtocol;
import dev.gatlingllm.gatling.engine.Preparation;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.run.CallBound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.Properties;
import java.util.stream.Stream;

/** What the product plans to do with settings, before an engine does it. */
final class PlansOfSettings {

  private PlansOfSettings() {}

  /** What a simulation that ships hands to Gatling. */
  static Object plan(String simulation, Map<String, String> settings)
      throws ReflectiveOperationException {
    Properties before = new Properties();
    before.putAll(System.getProperties());
    try {
      settings.forEach(System::setProperty);
      return SimulationPlan.of(simulation);
    } finally {
      System.setProperties(before);
    }
  }

  /** The first calls of a load. */
  static Object first(ExpectedLoad load) {
    return List.of(load.text(), Stream.generate(load.requests()).limit(8).toList());
  }

  /** When the calls of an open load start. */
  static Object arrivals(LlmConfig config) {
    List<Long> all = new ArrayList<>();
    PrimitiveIterator.OfLong offsets = Load.schedule(config).offsets();
    while (offsets.hasNext()) {
      all.add(offsets.nextLong());
    }
    return all;
  }

  /** A call of the shape of the settings. */
  static Object shape(LlmConfig config) {
    Prompts prompts = Prompts.of(config);
    return prompts.requests(prompts.sizes(config)).get();
  }

  /** Whether two runs begin with the same prompt. */
  static Object samePrompts(LlmConfig config) {
    return shape(config).equals(shape(config));
  }

  /** How many calls a warm-up makes on a client that is as fast as ever. */
  static Object warmUpCalls(LlmConfig config) throws InterruptedException {
    long[] now = {0};
    LlmClient steady =
        new LlmClient() {
          @Override
          public String provider() {
            return "steady";
          }

          @Override
          public CallHandle start(LlmRequest request, CallListener listener) {
            now[0] += 1_000_000L;
            listener.output(now[0], OutputKind.CONTENT, "Hi");
            listener.completed(now[0]);
            return () -> {};
          }

          @Override
          public void close() {}
        };
    Timer timer = (nanos, task) -> () -> {};
    return new WarmUp(
            () -> steady,
            () -> now[0],
            () -> timer,
            () -> LlmRequest.ofPrompt("Hi"),
            CallProbe.NONE,
            (request, result) -> {})
        .run(config.warmUp().atLeast(), config.warmUp().atMost())
        .calls();
  }

  /** What is done before the load, and whether its calls are compared with the truth. */
  static Object quota(LlmConfig config) {
    return new PlannedQuota(config.quota())
        .of(
            ExpectedLoads.arrivals(
                ArrivalSchedule.constant(120, Duration.ofMinutes(1)), "", () -> null),
            new CallBound(500, OptionalLong.of(500)));
  }

  static Object beforeLoad(LlmConfig config, CallsOfSettings calls) {
    LlmProtocol protocol = (LlmProtocol) llm.config(config).protocol();
    try (LlmClient client = protocol.client()) {
      Preparation.Prepared prepared =
          protocol
              .preparation()
              .prepare(
                  new Preparation.Engine(
                      calls::timer,
                      Runnable::run,
                      CallProbe.NONE,
                      (request, result) -> {},
                      target -> client));
      prepared.witness().accept(calls.result(client, config));
      return List.of(
          prepared.warmUp().map(warm -> List.of(warm.calls() > 0, warm.connections())),
          prepared.warmUp().map(warm -> warm.target().calls()),
          prepared.network().map(network -> network.tcpNanos().size()),
          prepared.measurementError().get().isPresent());
    }
  }
}
