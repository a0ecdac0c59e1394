package dev.gatlingllm.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSecretsTest {

  private final KnownSecrets known = new KnownSecrets();

  @Test
  void aTextWithoutSecretsIsTheSameInstance() {
    known.add("sk-4bf1f0a7c2d94e6b");
    String text = "nothing to hide in sk-4bf1";
    assertThat(known.scrub(text)).isSameAs(text);
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(known.scrub(bytes, bytes.length)).isSameAs(bytes);
  }

  @Test
  void everyOccurrenceIsHidden() {
    known.add("first-secret");
    known.add("second-secret");
    assertThat(known.scrub("first-secretsecond-secret first-secret")).isEqualTo("****** ***");
  }

  @Test
  void whatIsShorterThanEightIsNotASecret() {
    known.add("1234567");
    known.add(" ollama ");
    assertThat(known.scrub("1234567 ollama")).isEqualTo("1234567 ollama");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-4bf1f0a7c2d94e6b",
        "a/b+c==d?e&f%g h",
        "quo\"te'apo\\back",
        "<tag>&amp;+`",
        "päßwörter-鍵",
        "two\nlines of it"
      })
  void isHiddenInEveryEncoding(String secret) {
    known.add(secret);
    String json = secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    for (String form :
        new String[] {
          secret,
          URLEncoder.encode(secret, UTF_8),
          URLEncoder.encode(URLEncoder.encode(secret, UTF_8).replace("+", "%20"), UTF_8),
          secret
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;")
              .replace("'", "&#039;"),
          URLEncoder.encode(secret, UTF_8).replace("+", "%20"),
          json,
          json.replace("\\", "\\\\").replace("\"", "\\\""),
          secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        }) {
      assertThat(known.scrub("x " + form + " y")).as(form).isEqualTo("x *** y");
      byte[] bytes = ("x " + form + " y").getBytes(UTF_8);
      assertThat(new String(known.scrub(bytes, bytes.length), UTF_8)).isEqualTo("x *** y");
    }
  }

  @Test
  void isHiddenInTheMiddleOfBase64AtAnyAlignment() {
    String secret = "pass+word/of?the~proxy";
    known.add(secret);
    for (String around : new String[] {"", "u", "us", "use"}) {
      byte[] bytes = (around + secret + around).getBytes(UTF_8);
      for (Base64.Encoder encoder :
          new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
        String encoded = encoder.encodeToString(bytes);
        String shown = known.scrub("Basic " + encoded);
        assertThat(shown).as(encoded).contains("***").hasSizeLessThan(22);
      }
    }
  }

  @Test
  void aNumberIsASecretOnlyWhereItStandsAlone() {
    known.add("12345678");
    assertThat(known.scrub("{\"endNanos\":123456789,\"password\":\"12345678\"}"))
        .isEqualTo("{\"endNanos\":123456789,\"password\":\"***\"}");
  }

  @Test
  void theBeginningOfASecretIsFoundAtTheEndOnly() {
    known.add("sk-4bf1f0a7c2d94e6b");
    assertThat(known.beginningAtEnd("your key sk-4bf1f", 8)).isEqualTo(9);
    assertThat(known.beginningAtEnd("your key sk-4bf1", 8)).isEqualTo(16);
    assertThat(known.beginningAtEnd("sk-4bf1f is yours", 8)).isEqualTo(17);
  }
}
