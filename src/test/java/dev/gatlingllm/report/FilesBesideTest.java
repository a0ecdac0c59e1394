package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesBesideTest {

  @TempDir private Path folder;

  @Test
  void onlyFilesThatExistAreLinked() throws IOException {
    assertThat(FilesBeside.in(folder)).isEqualTo(FilesBeside.NONE);
    Files.writeString(folder.resolve("calls.jsonl"), "");
    assertThat(FilesBeside.in(folder).links())
        .extracting(FilesBeside.Link::path)
        .containsExactly("calls.jsonl");
    Files.writeString(folder.resolve("latency-table.md"), "");
    Files.createDirectories(folder.resolve("gatling"));
    Files.writeString(folder.resolve("gatling/index.html"), "");
    for (String part : List.of("clients/16", "clients/4", "model/a#b")) {
      Files.createDirectories(folder.resolve(part));
      Files.writeString(folder.resolve(part).resolve("index.html"), "");
    }
    Files.createDirectories(folder.resolve("clients/8"));
    FilesBeside all = FilesBeside.in(folder);
    assertThat(all.gatlingReport()).isTrue();
    assertThat(all.links())
        .extracting(FilesBeside.Link::path)
        .containsExactly(
            "latency-table.md",
            "calls.jsonl",
            "clients/4/index.html",
            "clients/16/index.html",
            "model/a%23b/index.html");
  }

  @Test
  void aFolderThatIsYetToBeMadeHasNoFiles() throws IOException {
    assertThat(FilesBeside.in(folder.resolve("later"))).isEqualTo(FilesBeside.NONE);
  }

  @Test
  void thePageLinksThem() throws IOException {
    Path run = SampleRuns.ladder(folder);
    Files.writeString(run.resolve("latency-table.md"), "");
    String page = new IndexHtml().text(RunReport.of(List.of(run)));
    assertThat(page)
        .contains("<a href=\"latency-table.md\">Latency table ↗</a>")
        .contains("<a href=\"calls.jsonl\">Every call, calls.jsonl ↗</a>")
        .doesNotContain("gatling/index.html");
  }
}
