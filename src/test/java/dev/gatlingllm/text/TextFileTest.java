package dev.gatlingllm.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"Why?\n", "Что такое прилив?\nЕщё\n", "潮汐是什么？\n为什么\n", "¿Qué?"})
  void textIsReadInEachEncodingWithAndWithoutAMark(String text) throws IOException {
    for (Charset charset : List.of(UTF_8, UTF_16, UTF_16LE, UTF_16BE)) {
      assertThat(TextFile.read(file(text.getBytes(charset)))).as(charset.name()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Why? Why?\0\n", "It is so\0.\n", "Caf\u00e9 au\0lait", "\0\0\0\0"})
  void textWithANulIsRefusedAndNotTakenForAnotherEncoding(String text) throws IOException {
    assertThat(complaint(file(text.getBytes(UTF_8))))
        .isEqualTo(
            "must be text in UTF-8 or UTF-16, or such text in gzip, is binary, or holds a NUL"
                + " byte");
  }

  @Test
  @Timeout(10)
  void aPipeIsRefusedBecauseNobodyMayWriteIntoIt() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
    assumeTrue(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor() == 0);
    assertThat(complaint(pipe)).endsWith("is a pipe or a device");
  }

  @Test
  void aDeviceIsRefusedBecauseItMayNeverEnd() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device));
    assertThat(complaint(device)).endsWith("is a pipe or a device");
  }

  @Test
  void aLinkToItselfIsRefusedWithTheReason() throws IOException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, link);
    assertThat(complaint(link)).startsWith("must be a file that can be read, failed: ");
  }

  @Test
  void onlyWhatIsNotUtf8IsRecoded() throws IOException {
    assertThat(TextFile.recoded(file("é".getBytes(UTF_8)))).isEmpty();
    assertThat(TextFile.recoded(file("\uFEFFé".getBytes(UTF_8)))).isEmpty();
    assertThat(TextFile.recoded(file("é".getBytes(UTF_16)))).hasValue("é");
    assertThat(complaint(file("é".getBytes(ISO_8859_1)))).endsWith("holds other bytes");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("f"), bytes);
  }

  private static String complaint(Path file) {
    return TextFile.complaint(catchThrowableOfType(IOException.class, () -> TextFile.recoded(file)))
        .orElseThrow();
  }
}
