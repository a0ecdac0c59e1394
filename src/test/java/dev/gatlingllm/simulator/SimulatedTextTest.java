package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedTextTest {

  @Test
  void everyWordIsOneToken() {
    Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    assertThat(SimulatedText.LIST.split(" "))
        .allSatisfy(word -> assertThat(encoding.countTokensOrdinary(" " + word)).isEqualTo(1));
  }

  @Test
  void givesOneWordForEachTokenEachWithALeadingSpace() {
    String text = new String(new SimulatedText(new SplittableRandom(1)).next(40), UTF_8);

    assertThat(text).startsWith(" ");
    assertThat(text.substring(1).split(" ")).hasSize(40);
    assertThat(SimulatedText.LIST.split(" ")).contains(text.substring(1).split(" "));
  }

  @Test
  void neverNeedsEscapingInJson() {
    assertThat(SimulatedText.LIST).doesNotContain("\"", "\\");
  }
}
