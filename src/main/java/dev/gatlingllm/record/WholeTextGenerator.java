package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.gatlingllm.text.PlainText;
import java.io.IOException;

/**
 * Writes U+FFFD for half a surrogate pair, which a service may send and a cut of a text may leave:
 * neither UTF-8 nor every parser of JSON takes it.
 */
final class WholeTextGenerator extends JsonGeneratorDelegate {

  WholeTextGenerator(JsonGenerator json) {
    super(json, false);
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    delegate.writeFieldName(PlainText.whole(name));
  }

  @Override
  public void writeString(String text) throws IOException {
    delegate.writeString(text == null ? null : PlainText.whole(text));
  }
}
