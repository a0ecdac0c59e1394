package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  private static final Instant START = Instant.parse("2024-03-14T16:24:05Z");

  @TempDir private Path folder;

  @Test
  void runsThatBeginInTheSameSecondHaveFoldersOfTheirOwn() throws IOException {
    Path parent = folder.resolve("new").resolve("runs");
    assertThat(RunFolder.create(parent, "example.Chat", START).folder())
        .isEqualTo(parent.resolve("Chat-20240314-162405"))
        .isDirectory();
    assertThat(RunFolder.create(parent, "example.Chat", START).folder())
        .isEqualTo(parent.resolve("Chat-20240314-162405-2"))
        .isDirectory();
    assertThat(RunFolder.create(parent, "Chat", START).folder())
        .isEqualTo(parent.resolve("Chat-20240314-162405-3"))
        .isDirectory();
  }
}
