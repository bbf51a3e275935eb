import { classNames } from "#components/ui/class-names.ts";

const PLACES = [
  { key: "console", href: "/hebergeur", label: "Console" },
  { key: "establishments", href: "/hebergeur/etablissements", label: "Établissements" },
] as const;

export function OperationsNav({ current }: { current: (typeof PLACES)[number]["key"] }) {
  return (
    <nav aria-label="Console de l’hébergeur" className="-mt-2 border-b">
      <ul className="flex gap-1">
        {PLACES.map(({ key, href, label }) => (
          <li key={key}>
            <a
              href={href}
              aria-current={key === current ? "page" : undefined}
              className={classNames(
                "-mb-px block border-b-2 px-3 py-2 text-sm font-medium",
                key === current
                  ? "border-primary text-primary"
                  : "border-transparent text-muted-foreground hover:text-foreground",
              )}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
