import type { ReactNode } from "react";
import { Badge, type BadgeTone } from "#components/ui/badge.tsx";
import { Card, CardContent, CardHeader } from "#components/ui/card.tsx";
import type { Method, OperationObject, PathItem, TagName } from "#hosting/api/openapi/types.ts";
import { Answers } from "./answers.tsx";
import { CREDENTIAL_NAMES } from "./credential-names.ts";
import { Example } from "./example.tsx";
import { SchemaType } from "./schema-type.tsx";
import { Code, Rows } from "./section.tsx";

interface Located extends OperationObject {
  readonly address: string;
  readonly method: Method;
}

const METHODS = ["get", "head", "post", "put", "patch", "delete", "options"] as const;
const TONES: Partial<Record<Method, BadgeTone>> = {
  get: "info",
  post: "success",
  put: "warning",
  patch: "warning",
  delete: "danger",
};

/** The calls of these addresses, of one part of the document when it is given. */
export function listOperations(paths: Readonly<Record<string, PathItem>>, tag?: TagName): Located[] {
  return Object.entries(paths).flatMap(([address, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation && (!tag || operation.tags.includes(tag)) ? [{ ...operation, address, method }] : [];
    }),
  );
}

export function Operation({ address, method, operationId, summary, description, ...rest }: Located) {
  const { security = [], parameters = [], requestBody, responses } = rest;
  const credentials = security.flatMap((one) => Object.keys(one)).map((name) => CREDENTIAL_NAMES[name]);
  const [mediaType = "", content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return (
    <Card id={operationId} aria-labelledby={`${operationId}-titre`} className="scroll-mt-4">
      <CardHeader>
        <h3 id={`${operationId}-titre`} className="text-lg font-semibold tracking-tight">
          {summary}
        </h3>
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={TONES[method] ?? "neutral"} className="font-mono uppercase">
            {method}
          </Badge>
          <span className="min-w-0 font-mono text-sm wrap-anywhere">{address}</span>
        </p>
        <p className="pt-1">{description}</p>
        <p className="text-sm text-muted-foreground">
          {credentials.length > 0 ? `Accès\u202f: ${credentials.join(" ou ")}.` : "Sans clé."}
        </p>
      </CardHeader>
      <CardContent className="space-y-4">
        {parameters.length > 0 ? (
          <Part title="Paramètres">
            <Rows
              rows={parameters.map((parameter) => ({
                key: parameter.name,
                name: <Code>{parameter.name}</Code>,
                text: `${parameter.description}${parameter.required ? "" : " Facultatif."}`,
              }))}
            />
          </Part>
        ) : null}
        {requestBody && content ? (
          <Part title="Corps de la demande">
            <p className="text-sm">
              {requestBody.description} <Code>{mediaType}</Code> <SchemaType schema={content.schema} />
            </p>
            <Example value={content.example} />
          </Part>
        ) : null}
        <Part title="Réponses">
          <Answers responses={responses} />
        </Part>
      </CardContent>
    </Card>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="space-y-1">
      <h4 className="text-sm font-semibold">{title}</h4>
      {children}
    </div>
  );
}
