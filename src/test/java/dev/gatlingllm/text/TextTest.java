package dev.gatlingllm.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

  @Test
  void aNounAndItsVerbAgreeWithTheNumber() {
    assertThat(Count.of(0, "call")).isEqualTo("0 calls");
    assertThat(Count.of(1, "call")).isEqualTo("1 call");
    assertThat(Count.was(1, "record")).isEqualTo("1 record was");
    assertThat(Count.was(2, "record")).isEqualTo("2 records were");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gpt-4o", "Llama 3.1 70B", "a=b", "größe – 30 %", "模型", "مدل", "😀", "x - y", "é"})
  void aHarmlessTextStaysAsItIsInEveryFormat(String text) {
    assertThat(PlainText.line(text)).isSameAs(text);
    assertThat(PlainText.visible(text)).isEqualTo(text);
    assertThat(Markdown.inline(text)).isEqualTo(text);
    assertThat(Html.text(text)).isEqualTo(text);
    assertThat(CsvLine.of(List.of(text))).isEqualTo(text + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "+5", "-5.25", "1e-7", "-1.5E+3", "-.5", ""})
  void aNumberIsNoFormula(String number) {
    assertThat(CsvLine.of(List.of(number))).isEqualTo(number + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1", "+1+1", "-1-1", "-", "- x", "@x", " =1", "\u3000＝1", "-0x1F", "+1 2"})
  void aFormulaGetsAnApostrophe(String formula) {
    assertThat(CsvLine.of(List.of("a", formula))).isEqualTo("a,'" + formula + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      value = {
        "[x](y) => \\[x\\](y)",
        "![x](https://y) => !\\[x\\](https:&#8203;//y)",
        "<b>&amp; => &lt;b>&amp;amp;",
        "@team => &#64;&#8203;team",
        "a @ b => a @ b",
        "#12 => \\#&#8203;12",
        "GH-12 => GH-&#8203;12",
        "WWW.x => WWW&#8203;.x",
        "- a => \\- a",
        "12. a => 12\\. a",
        "12.5 => 12.5",
        "> a => \\> a",
        "--- => \\---",
        "`a` => \\`a\\`"
      })
  void markupIsEscaped(String text, String markdown) {
    assertThat(Markdown.inline(text)).isEqualTo(markdown);
  }

  @Test
  void codeWithBackticksStaysCode() {
    assertThat(Markdown.code("a")).isEqualTo("`a`");
    assertThat(Markdown.code("a`b``c")).isEqualTo("``` a`b``c ```");
    assertThat(Markdown.code("")).isEqualTo("–");
  }

  @Test
  void aConsolePrintsOneVisibleLineHoweverItIsUsed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream console = Console.of(new PrintStream(bytes, true, UTF_8));
    console.println("a\u001b[31m\n[llm] b");
    console.println((Object) "c\u202ed");
    console.printf(Locale.ROOT, "e%s%n", "\u009b");
    console.append("f\u0000").append('g');
    console.print("h\ni\n");
    console.flush();

    assertThat(bytes.toString(UTF_8).replace("\r\n", "\n"))
        .isEqualTo("a\ufffd[31m [llm] b\nc\ufffdd\ne\ufffd\nf\ufffdgh\ni\n");
    assertThat(Console.of(console)).isSameAs(console);
  }
}
