package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Cuts;
import dev.gatlingllm.provider.Cuts.Piece;
import dev.gatlingllm.provider.Mutations;
import dev.gatlingllm.provider.Transcript;
import dev.gatlingllm.provider.bedrock.FrameStream.Expected;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds of every event stream. A case is drawn from its seed, which a failure names. */
class FrameStreamPropertiesTest {

  private static final int CASES = 1000;

  @Test
  void everyEventIsHeardWithTheStampOfTheBufferThatCompletesIt() {
    for (long seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FrameStream stream = FrameStream.draw(random);
      List<Piece> pieces = Cuts.random(stream.bytes(), random);
      Transcript heard = FrameBodies.feed(pieces);

      assertThat(heard.breaches()).as("seed %s", seed).isEmpty();
      assertThat(heard.texts())
          .as("seed %s", seed)
          .isEqualTo(stream.expected().stream().map(Expected::text).toList());
      assertStamps(stream.expected(), heard.lines(), pieces, seed);
    }
  }

  @Test
  void aMutilatedStreamEndsOnceAndIsHeardAlikeHoweverItIsCut() {
    for (long seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] stream = Mutations.of(FrameStream.draw(random).bytes(), random);
      Transcript whole = FrameBodies.feed(Cuts.none(stream));
      Transcript cut = FrameBodies.feed(Cuts.random(stream, random));

      assertThat(whole.breaches()).as("seed %s", seed).isEmpty();
      assertThat(cut.breaches()).as("seed %s", seed).isEmpty();
      assertThat(cut.texts()).as("seed %s", seed).isEqualTo(whole.texts());
    }
  }

  /** Wounds of a payload or of headers only: the checksums are right again. */
  @Test
  void aWellFramedStreamOfNonsenseEndsOnceAndIsHeardAlikeHoweverItIsCut() {
    for (long seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] stream = Checksums.mended(Mutations.of(FrameStream.draw(random).bytes(), random));
      Transcript whole = FrameBodies.feed(Cuts.none(stream));
      Transcript cut = FrameBodies.feed(Cuts.random(stream, random));

      assertThat(whole.breaches()).as("seed %s", seed).isEmpty();
      assertThat(cut.breaches()).as("seed %s", seed).isEmpty();
      assertThat(cut.texts()).as("seed %s", seed).isEqualTo(whole.texts());
    }
  }

  private static void assertStamps(
      List<Expected> expected, List<Transcript.Line> heard, List<Piece> pieces, long seed) {
    for (int i = 0; i < expected.size(); i++) {
      Transcript.Line line = heard.get(i);
      if (line.nanos() != Transcript.UNSTAMPED) {
        long due =
            line.text().equals("completed")
                ? FrameBodies.stampOfLastBytes(pieces)
                : FrameBodies.stampOf(expected.get(i).complete(), pieces);
        assertThat(line.nanos()).as("seed %s, stamp of %s", seed, line.text()).isEqualTo(due);
      }
    }
  }
}
