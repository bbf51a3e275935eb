import { Body, Button, Container, Head, Heading, Hr, Html, Preview, Text } from "@react-email/components";
import { render, toPlainText } from "@react-email/render";
import { formatHour, NARROW } from "#platform/french/instants.ts";
import { STYLES } from "#platform/mail/mail-styles.ts";
import type { RenderedMail } from "#platform/mail/send.ts";
import { type SignInMail, SignInMailSchema } from "./sign-in-mail.ts";

function SignInMailBody({ mail }: { mail: SignInMail }) {
  return (
    <Html lang="fr">
      <Head>
        <title>Votre connexion à l’hébergement BCDI</title>
      </Head>
      <Preview>Un lien et un code, valables quinze minutes.</Preview>
      <Body style={STYLES.body}>
        <Container style={STYLES.container}>
          <Text style={STYLES.eyebrow}>Hébergement BCDI</Text>
          <Heading as="h1" style={STYLES.heading}>
            Votre connexion
          </Heading>
          <Text style={STYLES.text}>Bonjour,</Text>
          <Text style={STYLES.text}>Pour vous connecter sur cet appareil, suivez ce lien{NARROW}:</Text>
          <Button href={mail.url} style={STYLES.button}>
            Me connecter
          </Button>
          <Text style={{ ...STYLES.text, marginTop: "18px" }}>
            Pour vous connecter sur un autre appareil, saisissez-y ce code, là où vous avez demandé la
            connexion{NARROW}:
          </Text>
          <Text style={STYLES.code}>{mail.code}</Text>
          <Hr style={STYLES.rule} />
          <Text style={STYLES.small}>
            Le lien et le code servent une seule fois, jusqu’à {formatHour(new Date(mail.expiresAt))} (heure
            de Paris). Si vous n’avez rien demandé, ignorez ce message{NARROW}: personne ne peut se connecter
            sans lui. Ne transmettez ce code à personne.
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

export async function renderSignInMail(props: unknown): Promise<RenderedMail> {
  const mail = SignInMailSchema.parse(props);
  const html = await render(<SignInMailBody mail={mail} />);
  return { subject: "Votre connexion à l’hébergement BCDI", text: toPlainText(html), html };
}
