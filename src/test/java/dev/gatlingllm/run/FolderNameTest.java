package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderNameTest {

  private static final String LONG = "model/".repeat(100);

  @Test
  void ordinaryNamesStayAsTheyAre() {
    assertThat(FolderName.of("gpt-4o_mini.2024")).isEqualTo("gpt-4o_mini.2024");
  }

  @Test
  void whatIsNoPlainLetterIsWrittenAsInAUrl() {
    assertThat(FolderName.of("a/b")).isEqualTo("a%2Fb");
    assertThat(FolderName.of("ä b")).isEqualTo("%C3%A4%20b");
    assertThat(FolderName.of("50%")).isEqualTo("50%25");
  }

  @Test
  void noNameLeadsOutOfItsFolderOrIsHidden() {
    assertThat(FolderName.of(".")).isEqualTo("%2E");
    assertThat(FolderName.of("..")).isEqualTo("%2E%2E");
    assertThat(FolderName.of("../../x")).isEqualTo("%2E.%2F..%2Fx");
    assertThat(FolderName.of("")).isEqualTo("%");
    assertThat(FolderName.of("\0")).isEqualTo("%00");
  }

  @Test
  void twoTextsNeverHaveTheSameName() {
    List<String> texts =
        List.of(
            "a/b",
            "a_b",
            "a%2Fb",
            "a b",
            "..",
            ".",
            "",
            "%",
            "%2E",
            "..%",
            LONG,
            LONG + "x",
            "x" + LONG);
    Set<String> names = new HashSet<>();
    texts.forEach(text -> names.add(FolderName.of(text)));
    assertThat(names).hasSameSizeAs(texts).allMatch(name -> name.length() <= 200);
  }

  @Test
  void aNameThatIsTakenIsNotUsedAgain(@TempDir Path run) throws IOException {
    Path file = Files.writeString(run.resolve("calls.jsonl"), "kept");
    assertThat(FolderName.create(run, "calls.jsonl")).isEqualTo(run.resolve("calls.jsonl%.2"));
    assertThat(FolderName.create(run, "calls.jsonl")).isEqualTo(run.resolve("calls.jsonl%.3"));
    assertThat(file).hasContent("kept");
  }
}
