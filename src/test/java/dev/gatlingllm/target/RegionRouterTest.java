package dev.gatlingllm.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class RegionRouterTest {

  private final List<String> calls = new ArrayList<>();
  private final RegionRouter router =
      new RegionRouter(
          new Noting("usual"),
          Map.of("north", new Noting("north"), "south", new Noting("south")),
          () -> 7);

  /** Notes what it is asked. */
  private final class Noting implements LlmClient {
    private final String name;

    Noting(String name) {
      this.name = name;
    }

    @Override
    public String provider() {
      return name;
    }

    @Override
    public CallHandle start(LlmRequest request, CallListener listener) {
      calls.add(name);
      return () -> {};
    }

    @Override
    public String defaultModel() {
      return "model of " + name;
    }

    @Override
    public void check(LlmRequest request) {
      calls.add("check by " + name);
    }

    @Override
    public List<Executor> eventLoops() {
      return List.of(Runnable::run);
    }

    @Override
    public void close() {
      calls.add(name + " closed");
    }
  }

  private CallResult call(String region) {
    List<CallResult> results = new ArrayList<>();
    LlmCall call =
        new LlmCall(
            router,
            LlmRequest.ofPrompt("x").withRegion(region),
            7,
            new CallLimits(1_000, 1_000, 1_000, 1_000),
            RetryPolicy.NONE,
            (delay, task) -> () -> {},
            () -> 7,
            results::add);
    call.start();
    call.abandon();
    return results.get(0);
  }

  @Test
  void aCallGoesToItsRegionAndToTheUsualEndpointIfItNamesNone() {
    var north = call("north");
    var none = call("");
    var south = call("south");
    assertThat(calls).containsExactly("north", "usual", "south");
    assertThat(List.of(north, none, south))
        .extracting(CallResult::outcome)
        .containsOnly(Outcome.UNFINISHED);
  }

  @Test
  void aRegionThatTheSettingsDoNotHaveCrashesTheCallWithItsName() {
    CallResult result = call("west");
    assertThat(calls).isEmpty();
    assertThat(result.outcome()).isEqualTo(Outcome.CRASHED);
    assertThat(result.errorDetail())
        .isEqualTo("a call names the region west, which llm.regions does not have");
  }

  @Test
  void whatIsAskedOfTheClientIsAnsweredByTheUsualOneAndAllAreClosed() {
    router.check(LlmRequest.ofPrompt("x"));
    assertThat(router.provider()).isEqualTo("usual");
    assertThat(router.defaultModel()).isEqualTo("model of usual");
    assertThat(router.eventLoops()).hasSize(3);
    router.close();
    assertThat(calls)
        .containsExactlyInAnyOrder(
            "check by usual", "usual closed", "north closed", "south closed");
  }
}
