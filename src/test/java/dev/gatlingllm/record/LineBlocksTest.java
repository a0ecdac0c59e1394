package dev.gatlingllm.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineBlocksTest {

  @Test
  void everyBlockEndsWithALineAndNothingIsLost() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      String text = text(new SplittableRandom(seed));
      List<String> blocks = blocks(text);

      assertThat(String.join("", blocks)).as("seed %s", seed).isEqualTo(text);
      assertThat(blocks.subList(0, Math.max(0, blocks.size() - 1)))
          .as("seed %s", seed)
          .allMatch(block -> block.endsWith("\n"));
    }
  }

  @Test
  void anEmptyFileHasNoBlock() throws IOException {
    assertThat(blocks("")).isEmpty();
  }

  @Test
  void everyByteIsReadOnceHoweverLongALineIs() throws IOException {
    byte[] line = ("x".repeat(5_000_000) + "\n").getBytes(UTF_8);
    long[] read = {0};
    InputStream counting =
        new FilterInputStream(new ByteArrayInputStream(line)) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            read[0] += Math.max(0, count);
            return count;
          }
        };

    assertThat(new LineBlocks(counting).next()).isEqualTo(line);
    assertThat(read[0]).isEqualTo(line.length);
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int lines = random.nextInt(200);
    for (int i = 0; i < lines; i++) {
      text.append("x".repeat(random.nextInt(random.nextInt(20) == 0 ? 600_000 : 3000)))
          .append('\n');
    }
    return random.nextBoolean() ? text.toString() : text + "cut";
  }

  private static List<String> blocks(String text) throws IOException {
    LineBlocks blocks = new LineBlocks(new ByteArrayInputStream(text.getBytes(UTF_8)));
    List<String> all = new ArrayList<>();
    for (byte[] block = blocks.next(); block.length > 0; block = blocks.next()) {
      all.add(new String(block, UTF_8));
    }
    return all;
  }
}
