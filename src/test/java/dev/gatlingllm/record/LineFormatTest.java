package dev.gatlingllm.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.secret.Secret;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LineFormatTest {

  record Inner(@LineField("innerNanos") OptionalLong time, long count) {}

  record Item(long value) {}

  record Outer(
      String text,
      @LineField(presence = LineField.Presence.ALWAYS) String name,
      Inner inner,
      @LineField(presence = LineField.Presence.UNLESS_EMPTY) int extras,
      List<Item> items) {}

  record Unknown(Thread thread) {}

  private static final LineJson<Outer> LINES = new LineJson<>(Outer.class, 3);
  private static final Outer BARE =
      new Outer("", "", new Inner(OptionalLong.empty(), 0), 0, List.of());

  private static String written(Outer value) {
    return new String(LINES.encode(value), UTF_8);
  }

  private static Outer read(String line) {
    return LINES.read(line.getBytes(UTF_8), List.of());
  }

  @Test
  void everyComponentIsAFieldOfTheLineAndComesBack() {
    Outer full =
        new Outer("a", "b", new Inner(OptionalLong.of(7), 2), 1, List.of(new Item(5), new Item(6)));
    assertThat(written(full))
        .isEqualTo(
            "{\"schemaVersion\":3,\"text\":\"a\",\"name\":\"b\",\"innerNanos\":7,\"count\":2,"
                + "\"extras\":1,\"items\":[{\"value\":5},{\"value\":6}]}\n");
    assertThat(read(written(full))).isEqualTo(full);
  }

  @Test
  void emptyFieldsAreLeftOutButNumbersAndWhatMustBeThere() {
    assertThat(written(BARE)).isEqualTo("{\"schemaVersion\":3,\"name\":\"\",\"count\":0}\n");
    assertThat(read(written(BARE))).isEqualTo(BARE);
  }

  @Test
  void fieldsMayComeInAnyOrderWithUnknownOnesBetween() {
    assertThat(read("{\"schemaVersion\":1,\"count\":0,\"new\":{\"a\":[1]},\"\":2,\"name\":\"\"}"))
        .isEqualTo(BARE);
  }

  @Test
  void aFieldThatMustBeThereIsNamedWithItsPlace() {
    assertThatThrownBy(() -> read("{\"schemaVersion\":3,\"name\":\"\"}"))
        .hasMessage("has no field count");
    assertThatThrownBy(() -> read("{\"schemaVersion\":3,\"items\":[{}]}"))
        .hasMessage("has no field items.value");
  }

  @Test
  void aComponentThatNoLineCanHoldIsRefusedAtOnce() {
    assertThatThrownBy(() -> new LineJson<>(Unknown.class, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("thread");
  }

  @Test
  void aSecretThatIsTheNameOfAFieldTakesNoFieldAway() {
    Secret unused = Secret.of("innerNanos");
    Outer timed = new Outer("innerNanos", "b", new Inner(OptionalLong.of(7), 2), 1, List.of());
    assertThat(written(timed)).contains("\"text\":\"***\"", "\"innerNanos\":7");
  }
}
