package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.gatlingllm.text.PlainText;
import java.io.IOException;

/**
 * JSON generator that writes U+FFFD for half a surrogate pair, which a service may send or a cut
 * may leave: UTF-8 cannot encode it, and not every JSON parser accepts it.
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
