package dev.gatlingllm.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentTest {

  private static Attachment png(int bytes) {
    byte[] content = new byte[bytes];
    System.arraycopy("\u0089PNG".getBytes(ISO_8859_1), 0, content, 0, 4);
    return Attachment.of("a/chart.png", content);
  }

  @ParameterizedTest
  @CsvSource({
    "x.png, \u0089PNG, IMAGE, png, image/png",
    "x.JPG, \u00ff\u00d8\u00ff, IMAGE, jpeg, image/jpeg",
    "x.pdf, %PDF-1.7, DOCUMENT, pdf, application/pdf",
    "x.txt, hello, DOCUMENT, txt, text/plain",
    "x.wav, RIFF, AUDIO, wav, audio/wav",
    "x.mp4, any, VIDEO, mp4, video/mp4"
  })
  void isWhatItsNameSays(
      String file, String content, Attachment.Kind kind, String format, String mediaType) {
    Attachment attachment = Attachment.of(file, content.getBytes(ISO_8859_1));

    assertThat(attachment.kind()).isEqualTo(kind);
    assertThat(attachment.format()).isEqualTo(format);
    assertThat(attachment.mediaType()).isEqualTo(mediaType);
  }

  @Test
  void hasAnAddressOfItsOwn() {
    Attachment note = Attachment.of("folder/note.txt", "Hello".getBytes(ISO_8859_1));

    assertThat(note.dataUrl()).isEqualTo("data:text/plain;base64,SGVsbG8=");
    assertThat(note).hasToString("note.txt (5 bytes)");
  }

  @Test
  void refusesWhatIsNotWhatItsNameSays() {
    assertThatThrownBy(() -> Attachment.of("a/x.png", "GIF89a".getBytes(ISO_8859_1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attachment a/x.png does not begin as a png file does");
    assertThatThrownBy(() -> Attachment.of("x.exe", new byte[1]))
        .hasMessage(
            "attachment x.exe must end in one of .csv, .docx, .gif, .html, .jpeg, .jpg, .md, .mov,"
                + " .mp3, .mp4, .ogg, .pdf, .png, .txt, .wav, .webm, .webp, .xlsx");
    assertThatThrownBy(() -> Attachment.of("x.txt", new byte[0]))
        .hasMessage("attachment x.txt is empty");
    assertThatThrownBy(() -> Attachment.read(Path.of("no-such-file.png")))
        .hasMessage("attachment no-such-file.png cannot be read: NoSuchFileException");
  }

  @Test
  void goesWithTheLastMessageOfTheUser() {
    Attachment chart = png(8);
    List<Message> messages =
        List.of(Message.user("One"), Message.user("Two"), Message.assistant("Yes?"));

    List<Message> attached = Message.attach(messages, List.of(chart));

    assertThat(attached.get(0).attachments()).isEmpty();
    assertThat(attached.get(1).attachments()).containsExactly(chart);
    assertThatThrownBy(() -> Message.attach(List.of(Message.system("s")), List.of(chart)))
        .hasMessage("attachments need a message of a user to go with");
  }

  @Test
  void isCheckedByWhatAnApiTakes() {
    AttachmentRules rules =
        new AttachmentRules(
            "the API",
            Map.of(Attachment.Kind.IMAGE, new AttachmentRules.Some(Set.of("png"), 10, 2)));

    rules.check(List.of(png(10), png(4)));
    assertThatThrownBy(() -> rules.check(List.of(png(11))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attachments cannot hold chart.png of 11 bytes: at most 10 for the API");
    assertThatThrownBy(() -> rules.check(Collections.nCopies(3, png(4))))
        .hasMessage(
            "attachments cannot be 3 of the kind image in one message: at most 2 for the API");
    Attachment note = Attachment.of("note.txt", new byte[1]);
    assertThatThrownBy(() -> rules.check(List.of(note)))
        .hasMessage("attachments cannot hold note.txt: accepted are png for the API");
    assertThatThrownBy(() -> AttachmentRules.none("the other").check(List.of(note)))
        .hasMessage("attachments cannot hold note.txt: accepted are no files for the other");
  }
}
