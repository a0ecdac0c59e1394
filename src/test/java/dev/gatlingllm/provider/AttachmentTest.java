package dev.gatlingllm.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
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

  private static Message with(Attachment... files) {
    return Message.user("Look").with(List.of(files));
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
  void isWhatIsSaidOfItWhereNoNameDoes() {
    byte[] gif = "GIF8".getBytes(ISO_8859_1);

    assertThat(Attachment.ofFormat("a", "gif", gif).named("b.gif")).hasToString("b.gif (4 bytes)");
    assertThat(Attachment.ofMediaType("a", "image/gif", gif).dataUrl())
        .isEqualTo("data:image/gif;base64,R0lGOA==");
    assertThatThrownBy(() -> Attachment.ofFormat("a", "png", gif))
        .hasMessage("attachment a does not begin as a png file does");
    assertThatThrownBy(() -> Attachment.ofFormat("a", "bmp", gif))
        .hasMessageStartingWith("format must be one of csv, docx,")
        .hasMessageEndingWith("was bmp");
    assertThatThrownBy(() -> Attachment.ofMediaType("a", "image/bmp", gif))
        .hasMessageStartingWith("media type must be one of application/pdf,")
        .hasMessageEndingWith("was image/bmp");
  }

  @Test
  void anAddressAndADetailAreForOpenAisImagesOnly() {
    Part link = new Part.Link(URI.create("https://example.org/a.png"), "low", "the link");
    Message linked = new Message(Message.Role.USER, List.of(link), CachePoint.NONE);
    Part file = new Part.File(png(4), "", "high", "the file");
    Message detailed = new Message(Message.Role.USER, List.of(file), CachePoint.NONE);

    AttachmentRules.openAi("one").check(linked);
    AttachmentRules.openAi("one").check(detailed);
    AttachmentRules other =
        new AttachmentRules(
            "the other",
            Map.of(Attachment.Kind.IMAGE, new AttachmentRules.Some(Set.of("png"), 10, 2)));
    assertThatThrownBy(() -> other.check(linked))
        .hasMessage(
            "attachments cannot hold the link, an address: accepted are png, sent along, for the"
                + " other");
    assertThatThrownBy(() -> other.check(detailed))
        .hasMessage(
            "attachments cannot hold the file with detail high: there is no detail in the other");
  }

  @Test
  void goesWithNobodyButAUser() {
    List<Part> file = List.of(new Part.File(png(4)));
    assertThatThrownBy(() -> new Message(Message.Role.ASSISTANT, file, CachePoint.NONE))
        .hasMessage("attachments go with messages of a user only, not with one of role ASSISTANT");
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

    rules.check(with(png(10), png(4)));
    assertThatThrownBy(() -> rules.check(with(png(11))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attachments cannot hold chart.png of 11 bytes: at most 10 for the API");
    assertThatThrownBy(() -> rules.check(with(png(4), png(4), png(4))))
        .hasMessage(
            "attachments cannot be 3 of the kind image in one message: at most 2 for the API");
    Attachment note = Attachment.of("note.txt", new byte[1]);
    assertThatThrownBy(() -> rules.check(with(note)))
        .hasMessage("attachments cannot hold note.txt: accepted are png for the API");
    assertThatThrownBy(() -> AttachmentRules.none("the other").check(with(note)))
        .hasMessage("attachments cannot hold note.txt: accepted are no files for the other");
  }
}
