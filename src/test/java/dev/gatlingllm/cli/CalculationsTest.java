package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.prompt.TokenCounter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalculationsTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  // The lab's own example, whose text says 17.
  @Test
  void theCalculatorShowsItsArithmetic() {
    calculate("--users 10000 --active 0.1 --sessions 1 --interactions 2 --hours 1");
    assertThat(bytes.toString(UTF_8))
        .isEqualTo(
            """
            users x active x sessions x interactions x calls = calls in the peak
            10000 x 0.1 x 1 x 2 x 1 = 2000
            2000 calls / (1 h x 60 min) = 33.33 calls/min; with 10 % margin 36.67 calls/min
            settings: -Dllm.load.rpm=36.67
            """);
  }

  @Test
  void withSizesItTellsTheTokensPerMinuteAsWell() {
    calculate("--users 60 --margin 0 --context 4500 --output 500");
    assertThat(bytes.toString(UTF_8))
        .contains(
            "1 calls/min x (4500 + 500) tokens = 5000 tokens/min (4500 input, 500 output)",
            "-Dllm.profile.shape=custom -Dllm.profile.contextTokens=4500"
                + " -Dllm.profile.maxTokens=500");
  }

  @Test
  void anImpossibleNumberIsRefusedByItsName() {
    assertRefused("--users 0", "calculator: users must be > 0, was 0");
    assertRefused("--users 5 --active 2", "active must be a share of at most 1, was 2");
    assertRefused("--users many", "'--users': must be a number, was \"many\"; usage:");
    assertRefused("--hours 2", "--users=N is missing");
    assertRefused("--users 5 --context 10", "--context needs --output");
  }

  private void assertRefused(String line, String reason) {
    err.reset();
    assertThat(run("", ("calculator " + line).split(" "))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains(reason);
  }

  private void calculate(String line) {
    assertThat(run("", ("calculator " + line).split(" "))).isZero();
  }

  private int run(String in, String... arguments) {
    return Commands.run(
        List.of(arguments),
        new ByteArrayInputStream(in.getBytes(UTF_8)),
        new PrintStream(bytes, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private String tokenise(String in, String... options) {
    bytes.reset();
    List<String> arguments = new ArrayList<>(List.of("tokenise"));
    arguments.addAll(List.of(options));
    run(in, arguments.toArray(String[]::new));
    return bytes.toString(UTF_8);
  }

  @Test
  void aTextIsCountedWhereverItComesFrom() throws IOException {
    Path file = folder.resolve("text.txt");
    Files.writeString(file, "hello world");
    assertThat(tokenise("", "hello", "world")).isEqualTo("tokens: 2\n");
    assertThat(tokenise("hello world")).isEqualTo("tokens: 2\n");
    assertThat(tokenise("", "--file", file.toString())).isEqualTo("tokens: 2\n");
  }

  @Test
  void messagesAreCountedAsAConversationAndOtherJsonAsText() throws IOException {
    assertThat(tokenise("[{\"role\":\"user\",\"content\":\"hello world\"}]"))
        .isEqualTo("tokens: 9\n");
    assertThat(tokenise("{\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]}"))
        .isEqualTo("tokens: 9\n");
    String one = "[{\"role\":\"user\",\"content\":\"hello world\"}]";
    assertThat(tokenise("[" + one + "," + one + "]"))
        .isEqualTo("tokens: 18\n2 conversations: 9, 9\n");
    assertThat(tokenise(one + "\n[" + one + "]")).isEqualTo("tokens: 18\n2 conversations: 9, 9\n");
    assertThat(tokenise(one + " and more"))
        .startsWith("counted as text, not as messages: the text line 1: text must be JSON")
        .endsWith("\ntokens: " + TokenCounter.standard().countText(one + " and more") + "\n");
    assertThat(tokenise("[1, 2]"))
        .startsWith("counted as text, not as messages: the text [0]: request must be")
        .endsWith("\ntokens: 6\n");
  }

  @Test
  void imagesAreNotCountedAndItSaysSo() throws IOException {
    Files.write(folder.resolve("x.gif"), "GIF8".getBytes(UTF_8));
    Path file = folder.resolve("m.json");
    Files.writeString(
        file,
        """
        [{"role":"user","content":[{"type":"text","text":"hello world"},
          {"type":"image_url","image_url":{"url":"x.gif"}}]}]
        """);
    assertThat(tokenise("", "--file", file.toString()))
        .startsWith("tokens: 9\nimages and other files are not counted");
  }

  @Test
  void theEncodingIsThatOfTheModelOrTheOneThatIsNamed() throws IOException {
    String text = "こんにちは世界、お元気ですか";
    String newer = tokenise(text);
    String older = tokenise(text, "--model", "gpt-4");
    assertThat(newer).isNotEqualTo(older);
    assertThat(tokenise(text, "--encoding", "cl100k_base")).isEqualTo(older);
    assertThat(tokenise(text, "--encoding", "o200k_base")).isEqualTo(newer);
    tokenise(text, "--encoding", "p50k");
    assertThat(err.toString(UTF_8))
        .contains("--encoding must be o200k_base or cl100k_base, was \"p50k\"");
  }

  @Test
  void aDatasetIsWrittenAndSummedUp() throws IOException {
    Path in = folder.resolve("in.jsonl");
    Files.writeString(in, "[{\"role\":\"user\",\"content\":\"hello world\"}]\n".repeat(4));
    Path picked = folder.resolve("picked.json");
    run("", "dataset", in + "", "--mean", "9", "--count", "3", "--out", picked + "");
    assertThat(bytes.toString(UTF_8))
        .isEqualTo("3 conversations, mean 9.0 tokens, 9 to 9 in " + picked + "\n");
    assertThat(Files.readString(picked)).startsWith("[[{\"role\":\"user\"");
  }

  @Test
  void aDatasetHasConversationsAndTheyHaveTokens() {
    assertThat(run("", "dataset", "in.jsonl", "--mean", "0", "--count", "3", "--out", "x"))
        .isEqualTo(2);
    assertThat(run("", "dataset", "in.jsonl", "--mean", "9", "--count", "-3", "--out", "x"))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("dataset: --count and --mean must be at least 1")
        .contains("'--count': must be a whole number, was \"-3\"");
  }
}
