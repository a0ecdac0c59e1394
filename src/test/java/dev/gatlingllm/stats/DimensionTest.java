package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord.Served;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DimensionTest {

  @Test
  void aLabelComesFirst() {
    assertThat(Dimension.MODEL.of(call().label("model", "nova").record())).contains("nova");
    assertThat(Dimension.LEVEL.of(call().name("chat", "8 clients").label("clients", "4").record()))
        .contains("4");
  }

  @Test
  void anEmptyLabelIsNone() {
    assertThat(Dimension.MODEL.of(call().label("model", "").record())).contains("gpt-4o");
    assertThat(Dimension.MODEL.of(call().model("").record())).isEmpty();
  }

  @Test
  void withoutALabelTheSizesAreTheRequestedOnes() {
    assertThat(Dimension.INPUT_TOKENS.of(call().requested(500, 50).record())).contains("500");
    assertThat(Dimension.OUTPUT_TOKENS.of(call().requested(500, 50).record())).contains("50");
    assertThat(Dimension.INPUT_TOKENS.of(call().record())).isEmpty();
  }

  @Test
  void withoutALabelTheModelIsTheRecords() {
    assertThat(Dimension.MODEL.of(call().record())).contains("gpt-4o");
  }

  @Test
  void theGroupOfAScenarioGivesRegionAndLatencyMode() {
    CallFixture call = call().name("chat", "nova | us-east-2 | optimized");
    assertThat(Dimension.REGION.of(call.record())).contains("us-east-2");
    assertThat(Dimension.PROFILE.of(call.record())).contains("optimized");
  }

  @Test
  void aCallIsOfTheLatencyModeThatItWasServedIn() {
    Served standard = new Served("", "", "standard", OptionalLong.empty());
    CallFixture asked = call().label("latency", "optimized");
    assertThat(Dimension.PROFILE.of(asked.servedBy(standard).record())).contains("standard");
    CallFixture other = call().label("profile", "team-a");
    assertThat(Dimension.PROFILE.of(other.servedBy(standard).record())).contains("team-a");
    assertThat(Dimension.PROFILE.of(call().servedBy(standard).record())).isEmpty();
  }

  @Test
  void theRegionIsElseWhatTheResponseSaid() {
    assertThat(Dimension.REGION.of(call().served(200, "", "swedencentral", "").record()))
        .contains("swedencentral");
    assertThat(Dimension.REGION.of(call().record())).isEmpty();
  }

  @Test
  void aGroupOfALadderGivesTheLevel() {
    assertThat(Dimension.LEVEL.of(call().name("chat", "1 client").record())).contains("1");
    assertThat(Dimension.LEVEL.of(call().name("chat", "ladder", "level 16").record()))
        .contains("16");
  }

  @Test
  void aGroupThatIsANumberOrAnotherTextIsNoLevel() {
    assertThat(Dimension.LEVEL.of(call().name("chat", "16").record())).isEmpty();
    assertThat(Dimension.LEVEL.of(call().name("chat", "16 clients of mine").record())).isEmpty();
  }
}
