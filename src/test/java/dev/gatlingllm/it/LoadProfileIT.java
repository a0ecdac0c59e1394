package dev.gatlingllm.it;

import static dev.gatlingllm.arrival.RatePhase.hold;
import static dev.gatlingllm.arrival.RatePhase.ramp;
import static dev.gatlingllm.arrival.RatePhase.spike;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.arrival.RateProfile;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.LoadPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadProfileIT {

  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @Test
  void callsHaveTheArrivalsOfTheProfileAndARowForEachPhase() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.profile=ramp 60 to 300 in 2s, hold 300 for 2 s, spike 60 to 600 for 2s",
            "llm.load.catchUp=true");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    RateProfile profile =
        RateProfile.of(
            ramp(60, 300, TWO_SECONDS), hold(300, TWO_SECONDS), spike(60, 600, TWO_SECONDS));
    LoadPlan plan = gatling.run().readInfo().plans().orElseThrow().get(0);
    List<CallRecord> calls =
        gatling.calls().stream()
            .sorted(Comparator.comparingLong(call -> call.times().arrival()))
            .toList();
    PrimitiveIterator.OfLong offsets = ArrivalSchedule.of(profile).offsets();
    long[] expected = LongStream.generate(offsets::nextLong).limit(27).toArray();
    assertThat(calls.stream().mapToLong(call -> call.times().arrival() - plan.beginNanos()))
        .containsExactly(LongStream.of(expected).boxed().toArray(Long[]::new));
    Map<String, Integer> phases = new LinkedHashMap<>();
    calls.forEach(call -> phases.merge(call.labels().get("phase"), 1, Integer::sum));
    assertThat(phases)
        .containsExactly(
            Map.entry("1 ramp 60 to 300 rpm", 6),
            Map.entry("2 hold 300 rpm", 10),
            Map.entry("3 spike 60 to 600 rpm", 11));

    JsonNode summary =
        new ObjectMapper().readTree(gatling.run().folder().resolve("summary.json").toFile());
    assertThat(summary.get("calls").findValuesAsText("phase"))
        .containsExactlyElementsOf(phases.keySet());
    assertThat(summary.at("/overall/started").asInt()).isEqualTo(27);
    assertThat(gatling.console())
        .contains("All 27 planned calls were sent: ramp 60 to 300 rpm for 2 s, hold 300 rpm for");
    assertThat(Files.readString(gatling.run().folder().resolve("index.html")))
        .contains("\"asked\":[[");
  }
}
