package dev.gatlingllm.provider.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Cuts;
import dev.gatlingllm.provider.Cuts.Piece;
import dev.gatlingllm.provider.Mutations;
import dev.gatlingllm.provider.Transcript;
import dev.gatlingllm.provider.chat.ChatStream.Expected;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What holds of every stream of chat completions. A case is drawn from its seed, which a failure
 * names.
 */
class ChatStreamPropertiesTest {

  private static final int CASES = 1000;

  @Test
  void everyEventIsHeardWithTheStampOfTheBufferThatCompletesIt() {
    for (long seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ChatStream stream = ChatStream.draw(random);
      List<Piece> pieces = Cuts.random(stream.bytes(), random);
      Transcript heard = ChatBodies.feed(true, pieces);

      assertThat(heard.breaches()).as("seed %s", seed).isEmpty();
      assertHeard(stream.expected(), heard.lines(), pieces, seed);
    }
  }

  @Test
  void aMutilatedStreamEndsOnceAndIsHeardAlikeHoweverItIsCut() {
    for (long seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] stream = Mutations.of(ChatStream.draw(random).bytes(), random);

      assertCutsDoNotMatter(true, stream, random, seed);
    }
  }

  @Test
  void aWholeAnswerIsHeardAlikeHoweverItIsCut() {
    for (long seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] answer =
          ("{\"choices\":[{\"message\":{\"content\":\"héllo\"},\"finish_reason\":\"stop\"}],"
                  + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}")
              .getBytes(UTF_8);
      byte[] mutilated = random.nextBoolean() ? answer : Mutations.of(answer, random);

      assertCutsDoNotMatter(false, mutilated, random, seed);
    }
  }

  @Test
  void aLineUpToTheLimitIsHeardAndALongerOneIsMalformedHoweverItIsCut() {
    for (long seed = 0; seed < 25; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int excess = random.nextInt(-2, 3);
      String frame = "data: {\"choices\":[{\"delta\":{\"content\":\"\"}}]}";
      String text = "x".repeat(ChatBodies.LIMITS.eventBytes() + excess - frame.length());
      String line = frame.replace("\"\"", "\"" + text + "\"");
      byte[] stream = (line + "\n\ndata: [DONE]\n\n").getBytes(UTF_8);
      Transcript heard =
          ChatBodies.feed(
              true,
              Cuts.of(
                  stream,
                  left -> Math.min(left, 1 + random.nextInt(200_000)),
                  kinds -> random.nextInt(kinds)));

      assertThat(heard.breaches()).as("seed %s", seed).isEmpty();
      assertThat(heard.texts())
          .as("seed %s, %s bytes beyond the limit", seed, excess)
          .containsExactly(
              excess <= 0
                  ? new String[] {"head 200", "CONTENT " + text, "completed"}
                  : new String[] {
                    "head 200",
                    "failed MALFORMED : line of the stream exceeds 1048576 bytes;"
                        + " llm.limit.eventBytes raises the limit"
                  });
    }
  }

  private static void assertCutsDoNotMatter(
      boolean streaming, byte[] body, SplittableRandom random, long seed) {
    Transcript whole = ChatBodies.feed(streaming, Cuts.none(body));
    assertThat(whole.breaches()).as("seed %s", seed).isEmpty();
    for (int again = 0; again < 2; again++) {
      Transcript cut = ChatBodies.feed(streaming, Cuts.random(body, random));
      assertThat(cut.breaches()).as("seed %s", seed).isEmpty();
      assertThat(cut.texts()).as("seed %s", seed).isEqualTo(whole.texts());
    }
  }

  private static void assertHeard(
      List<Expected> expected, List<Transcript.Line> heard, List<Piece> pieces, long seed) {
    assertThat(heard).as("seed %s", seed).hasSize(1 + expected.size());
    for (int i = 0; i < expected.size(); i++) {
      Expected due = expected.get(i);
      Transcript.Line line = heard.get(i + 1);
      boolean failure = due.text().startsWith("failed ");
      String said = line.text();
      assertThat(failure ? said.substring(0, Math.min(said.length(), due.text().length())) : said)
          .as("seed %s", seed)
          .isEqualTo(due.text());
      if (line.nanos() != Transcript.UNSTAMPED) {
        assertThat(line.nanos())
            .as("seed %s, stamp of %s", seed, said)
            .isEqualTo(ChatBodies.stampOf(due.complete(), pieces));
      }
    }
  }
}
