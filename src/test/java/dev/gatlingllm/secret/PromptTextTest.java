package dev.gatlingllm.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromptTextTest {

  private static final String PROMPT =
      "Summarise the \"quarterly\" report of <ACME & Sons>:\n\tRevenue rose by 12 %, café & bar.";

  private final PromptText prompt = PromptText.of(List.of(PROMPT, "short"));

  @Test
  void aTextWithoutThePromptIsTheSameInstance() {
    String text = "The model is overloaded, please try again later. Summarise the rest.";
    assertThat(prompt.hideIn(text)).isSameAs(text);
  }

  @Test
  void aRunOf24IsHiddenAndOneOf23IsNot() {
    assertThat(prompt.hideIn("you said: " + PROMPT.substring(5, 29) + "!"))
        .isEqualTo("you said: [prompt]!");
    String shorter = "you said: " + PROMPT.substring(5, 28) + "!";
    assertThat(prompt.hideIn(shorter)).isSameAs(shorter);
  }

  @Test
  void anIdMadeOfThePromptIsHidden() {
    PromptText word = PromptText.of(List.of("PROMPT-4bf1f0a7c2d94e6b4bf1f0a7c2d94e6b"));
    assertThat(word.hideIn("req-PROMPT-4bf1f0a7c2d94e6b4bf1f0a7")).isEqualTo("req-[prompt]");
  }

  @Test
  void isHiddenInEveryEncoding() {
    String json = PROMPT.replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
    for (String echo :
        new String[] {
          PROMPT,
          json,
          json.replace("é", "\\u00e9").replace("&", "\\u0026"),
          json.replace("\\", "\\\\").replace("\"", "\\\""),
          URLEncoder.encode(PROMPT, UTF_8),
          URLEncoder.encode(PROMPT, UTF_8).replace("+", "%20"),
          PROMPT.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&#34;"),
          PROMPT.toUpperCase(Locale.ROOT),
          PROMPT.replaceAll("\\s+", " "),
          PROMPT.replace(" ", "\n  "),
        }) {
      assertThat(prompt.hideIn("400: " + echo + ".")).as(echo).matches("400: \\[prompt]\\S?\\.");
    }
  }

  @Test
  void severalPiecesAreHiddenAndWhatIsBetweenThemStays() {
    String first = PROMPT.substring(0, 30);
    String second = PROMPT.substring(30, 60);
    assertThat(prompt.hideIn(first + " and then " + second + " end"))
        .isEqualTo("[prompt] and then [prompt] end");
  }

  @Test
  void noRunOf24OfThePromptIsEverLeft() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      String long1 = letters(random, 200, 2 + random.nextInt(20));
      StringBuilder echo = new StringBuilder();
      for (int piece = 0; piece < 5; piece++) {
        int from = random.nextInt(150);
        echo.append(letters(random, random.nextInt(20), 26));
        echo.append(long1, from, from + random.nextInt(50));
      }
      String shown = PromptText.of(List.of(long1)).hideIn(echo.toString());
      for (int at = 0; at + 24 <= shown.length(); at++) {
        assertThat(long1).doesNotContain(shown.substring(at, at + 24));
      }
    }
  }

  @Test
  void aMegabyteOfOneLetterIsHidden() {
    String letters = "a".repeat(1_000_000);
    assertThat(PromptText.of(List.of(letters)).hideIn("said " + letters.substring(0, 60_000)))
        .startsWith("said ")
        .endsWith("[prompt]")
        .hasSizeLessThan(40);
  }

  private static String letters(Random random, int count, int alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) ('a' + random.nextInt(alphabet)));
    }
    return text.toString();
  }

  /** In Chinese nearly every character is escaped by whoever escapes. */
  @Test
  void isHiddenInEncodingsOfEncodings() {
    String chinese = "请告诉我关于这位病人的头痛症状以及他所服用的全部药物和剂量还有既往病史谢谢";
    String escaped = escaped(chinese, "\\u%04x");
    byte[] bytes = chinese.getBytes(UTF_8);
    for (String echo :
        new String[] {
          escaped,
          escaped.replace("\\", "\\\\"),
          escaped.replace("\\", "\\\\\\\\"),
          escaped(chinese, "\\u{%x}"),
          escaped(chinese, "&#%d;"),
          HexFormat.ofDelimiter("").withPrefix("\\x").formatHex(bytes),
          URLEncoder.encode(URLEncoder.encode(chinese, UTF_8), UTF_8),
          new String(bytes, ISO_8859_1),
          Base64.getEncoder().encodeToString(bytes),
          Base64.getUrlEncoder().encodeToString(bytes),
          Base64.getEncoder().encodeToString(escaped.getBytes(UTF_8)),
          Base64.getEncoder().encodeToString(bytes).substring(3),
        }) {
      String shown = PromptText.of(List.of(chinese)).hideIn("400: " + echo + ".");
      assertThat(shown).as(echo).contains("[prompt]");
      assertThat(shown.length()).as(shown).isLessThan(40);
    }
  }

  @Test
  void whatOnlyLooksLikeBase64Stays() {
    String id = "req_011CQmZxW8dY7pKvT3nB5sGfHjL2aReUiOqWx/Ab+Cd";
    assertThat(prompt.hideIn("no such deployment: " + id)).endsWith(id);
  }

  private static String escaped(String text, String format) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(String.format(Locale.ROOT, format, c)));
    return escaped.toString();
  }
}
