import { Body, Button, Container, Head, Heading, Hr, Html, Preview, Text } from "@react-email/components";
import { render, toPlainText } from "@react-email/render";
import { timeZoneOf } from "#cyber/wording/time-zone.ts";
import { formatInstant } from "#platform/french/instants.ts";
import { STYLES } from "#platform/mail/mail-styles.ts";
import type { RenderedMail } from "#platform/mail/send.ts";
import { type StepMail, StepMailSchema } from "./step-mail.ts";
import { type StepText, writeStepText } from "./step-texts.ts";

function StepMailBody({ mail, text }: { mail: StepMail; text: StepText }) {
  return (
    <Html lang="fr">
      <Head>
        <title>{`${mail.name} — ${text.title}`}</title>
      </Head>
      <Preview>{text.paragraphs[0] ?? text.title}</Preview>
      <Body style={STYLES.body}>
        <Container style={STYLES.container}>
          <Text style={STYLES.eyebrow}>
            {mail.name} · {mail.rne}
          </Text>
          <Heading as="h1" style={STYLES.heading}>
            {text.title.charAt(0).toUpperCase() + text.title.slice(1)}
          </Heading>
          <Text style={STYLES.text}>Bonjour,</Text>
          {text.paragraphs.map((paragraph) => (
            <Text key={paragraph} style={STYLES.text}>
              {paragraph}
            </Text>
          ))}
          {text.items && text.items.length > 0 ? (
            <ul style={STYLES.list}>
              {text.items.map((item) => (
                <li key={item} style={STYLES.item}>
                  {item}
                </li>
              ))}
            </ul>
          ) : null}
          {text.afterItems?.map((paragraph) => (
            <Text key={paragraph} style={STYLES.text}>
              {paragraph}
            </Text>
          ))}
          <Button href={mail.url} style={STYLES.button}>
            {text.link}
          </Button>
          <Hr style={STYLES.rule} />
          <Text style={STYLES.small}>
            Étape atteinte le {formatInstant(new Date(mail.at), timeZoneOf(mail.rne))}. Vous recevez ce
            message parce que votre adresse est celle d’un contact de cet établissement pour l’hébergement
            BCDI. Ce message est envoyé automatiquement.
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

export async function renderStepMail(props: unknown): Promise<RenderedMail> {
  const mail = StepMailSchema.parse(props);
  const text = writeStepText(mail);
  const html = await render(<StepMailBody mail={mail} text={text} />);
  return { subject: `[${mail.rne}] ${mail.name} — ${text.title}`, text: toPlainText(html), html };
}
