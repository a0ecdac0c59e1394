package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.size.CallSize;
import dev.gatlingllm.size.CallSizes;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizesIT {

  private static final String[] SETTINGS = {
    "llm.profile.mix=60 % custom 100/8, 40 % custom 200/4",
    "llm.profile.prefix.tokens=1200",
    "llm.profile.prefix.variants=2",
    "llm.profile.prefix.share=0.75",
    "llm.simulator.cacheTtl=5min",
    "llm.simulator.ttft=1ms",
    "llm.simulator.prefillPerToken=0s",
    "llm.load.clients=1",
    "llm.load.requests=24",
    "llm.warmUp.atMost=0s",
  };

  @TempDir private Path folder;

  /** One call at a time: what a call begins with is in the cache when it was sent before. */
  @Test
  void callsHaveTheSizesThatWereDrawnAndSharedPrefixesAreFoundInTheCache() throws Exception {
    GatlingProcess gatling = GatlingProcess.start(folder, "rpm.ShapeProfileSimulation", SETTINGS);
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();
    CallSizes sizes =
        Prompts.of(Stage.settings(folder, SETTINGS)).sizes(Stage.settings(folder, SETTINGS));

    List<CallRecord> calls = gatling.calls();
    assertThat(calls).hasSize(24);
    Set<Integer> known = new HashSet<>();
    int hits = 0;
    for (CallRecord call : calls) {
      CallSize size = sizes.of(call.id());
      assertThat(call.labels()).containsEntry("shape", size.shape());
      assertThat(call.tokens().input()).hasValue(size.contextTokens());
      assertThat(call.tokens().output()).hasValue(size.maxTokens());
      boolean shared = size.prefix().variant().isPresent();
      boolean hit = shared && !known.add(size.prefix().variant().getAsInt());
      assertThat(call.tokens().cachedInput()).as("call %d", call.id()).hasValue(hit ? 1_152 : 0);
      hits += hit ? 1 : 0;
    }
    assertThat(hits).isGreaterThan(8);
    assertThat(known).hasSize(2);
    assertThat(gatling.file("summary.txt"))
        .contains("Sizes asked for and counted", "after a system prompt of 1,200 tokens");
    assertThat(gatling.info().preparation().sizes().orElseThrow())
        .startsWith("60 % custom 100/8 (100/8 tokens), 40 % custom 200/4");
  }
}
