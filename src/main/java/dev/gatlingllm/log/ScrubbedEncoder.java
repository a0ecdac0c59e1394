package dev.gatlingllm.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.gatlingllm.secret.Redaction;
import java.nio.charset.Charset;

/** An encoder whose output has passed the gate, stack traces and all. */
final class ScrubbedEncoder extends EncoderBase<ILoggingEvent> {

  private final Encoder<ILoggingEvent> encoder;
  private final Charset charset;

  ScrubbedEncoder(Encoder<ILoggingEvent> encoder) {
    this.encoder = encoder;
    this.charset =
        encoder instanceof LayoutWrappingEncoder<?> layout && layout.getCharset() != null
            ? layout.getCharset()
            : UTF_8;
    setContext(encoder.getContext());
    started = true;
  }

  @Override
  public byte[] headerBytes() {
    return encoder.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    byte[] bytes = encoder.encode(ScrubbedEvent.mayQuote(event) ? new ScrubbedEvent(event) : event);
    if (bytes == null) {
      return bytes;
    }
    String line = new String(bytes, charset);
    String shown = Redaction.line(line);
    return shown.equals(line) ? bytes : shown.getBytes(charset);
  }

  @Override
  public byte[] footerBytes() {
    return encoder.footerBytes();
  }

  @Override
  public void stop() {
    encoder.stop();
    super.stop();
  }
}
