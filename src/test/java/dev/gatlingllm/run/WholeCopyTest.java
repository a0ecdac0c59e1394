package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeCopyTest {

  @TempDir private Path temp;
  private Path from;
  private Path to;

  @BeforeEach
  void aFolder() throws IOException {
    from = Files.createDirectories(temp.resolve("from"));
    Files.createDirectories(from.resolve("js"));
    Files.writeString(from.resolve("index.html"), "page");
    Files.writeString(from.resolve("js/stats.js"), "script");
    to = temp.resolve("to");
  }

  @Test
  void everyFileIsCopied() throws IOException {
    WholeCopy.of(from, to);
    assertThat(to.resolve("index.html")).hasContent("page");
    assertThat(to.resolve("js/stats.js")).hasContent("script");
  }

  @Test
  void ofAFolderThatCannotBeCopiedWholeNothingIsLeft() throws IOException {
    Files.createSymbolicLink(from.resolve("js/zzz"), Path.of("nowhere"));
    assertThatThrownBy(() -> WholeCopy.of(from, to)).isInstanceOf(IOException.class);
    assertThat(to).doesNotExist();
    assertThat(from.resolve("index.html")).hasContent("page");
  }

  @Test
  void aFolderThatIsThereIsLeftAlone() throws IOException {
    Files.createDirectory(to);
    Files.writeString(to.resolve("index.html"), "of another run");
    assertThatThrownBy(() -> WholeCopy.of(from, to)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(to.resolve("index.html")).hasContent("of another run");
  }
}
