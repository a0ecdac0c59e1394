package dev.gatlingllm.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Puts interim answers before the status line that begins a piece of the server's bytes. */
final class Http1Inserts implements Inserts {

  private static final byte[] STATUS_LINE = "HTTP/1.1 ".getBytes(ISO_8859_1);
  private static final String[] INTERIM = {
    "100 Continue\r\n",
    "102 Processing\r\n",
    "103 Early Hints\r\nlink: </style.css>; rel=preload; as=style\r\n"
  };

  private final Mix mix;
  private final SplittableRandom random;
  private final Consumer<Fault> count;

  Http1Inserts(Mix mix, SplittableRandom random, Consumer<Fault> count) {
    this.mix = mix;
    this.random = random;
    this.count = count;
  }

  @Override
  public byte[] around(byte[] bytes, int length) {
    byte[] answer = Arrays.copyOf(bytes, length);
    if (!beginsAnswer(answer) || !mix.interim(random)) {
      return answer;
    }
    count.accept(Fault.INTERIM);
    StringBuilder before = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      before.append("HTTP/1.1 ").append(INTERIM[random.nextInt(INTERIM.length)]).append("\r\n");
    }
    byte[] interim = before.toString().getBytes(ISO_8859_1);
    byte[] both = Arrays.copyOf(interim, interim.length + length);
    System.arraycopy(answer, 0, both, interim.length, length);
    return both;
  }

  private static boolean beginsAnswer(byte[] bytes) {
    return bytes.length >= STATUS_LINE.length
        && Arrays.equals(bytes, 0, STATUS_LINE.length, STATUS_LINE, 0, STATUS_LINE.length);
  }
}
