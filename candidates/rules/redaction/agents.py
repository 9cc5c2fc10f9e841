"""What a person does or is, in both genders: data for the neutral spelling.

Words that name machines or bodies as often as people (serveur, moteur, opérateur, éditeur) are left alone.
"""

# Masculine ending, feminine ending, neutral ending; then the stems.
FAMILIES: tuple[tuple[str, str, str, str], ...] = (
    (
        "eur", "euse", "eur·se",
        "développ cherch programm entrepren vend test contrôl jou dans coiff chauff blogu livr mont mett achet enquêt bénéfici "
        "traill balay charg profil cod voyag chant lut nag cour patin grimp organis rêv vidéast profess",
    ),
    (
        "teur", "trice", "teur·rice",
        "administra anima coordina coordonna créa co-créa cocréa dessina direc éduca évalua explora facilita fonda cofonda co-fonda forma "
        "illustra inspec institu modéra narra organisa rédac réalisa restaura sculp traduc tu média conserva concep "
        "audi contribu collabora négocia innova agricul cultiva intégra vulgarisa initia produc avia compéti viola accompagna "
        "répara présenta anima calcula explora orienta commenta spécula média conduc au vérifica",
    ),
    (
        "ien", "ienne", "ien·ne",
        "informatic technic physic mathématic statistic électric chirurg polit music coméd histor pharmac géomatic gard citoy "
        "généalog théolog grammair colleg magic mécanic opticic académic fédéral logistic linguistic tactic théoric pratic "
        "paris ital canad brésil algér tunis ivoir malien austral",
    ),
    (
        "er", "ère", "er·ère",
        "infirmi ouvri polici conseill cuisini hôteli jardini romanci caissi boulang menuisi offici bijouti pompi chevali "
        "couturi créanci aumôni plombi charpenti maroquini costumi écoli bachéli bacheli passag fermi greffi huissi",
    ),
    (
        "ant", "ante", "ant·e",
        "étudi assist enseign consult interven dirige gér appren commerç doctor postdoctor post-doctor représent correspond "
        "surveill milit habit remplaç aide-soign particip négoci fabric début exploit",
    ),
    ("ent", "ente", "ent·e", "adhér présid vice-présid ag résid référ"),
    (
        "é", "ée", "é·e",
        "salari employ délégu associ déput retrait réfugi expatri agrég ",
    ),
    ("at", "ate", "at·e", "avoc magistr candid"),
    ("an", "ane", "an·e", "artis courtis paysan"),
    ("in", "ine", "in·e", "écriv orphel"),
    ("i", "ie", "i·e", "apprent am"),
    ("f", "ve", "f·ve", "veu"),
    ("ert", "erte", "ert·e", "exp"),
    ("oint", "ointe", "oint·e", "adj"),
    ("ef", "effe", "ef·fe", "ch"),
    ("eur", "eure", "eur·e", "ingéni profess doct gouvern procur"),
    ("eux", "euse", "eux·se", "religi"),
)  # fmt: skip
# Both spellings of one word that no family makes.
PAIRS: tuple[tuple[str, str, str], ...] = (
    ("auteur", "autrice", "auteur·rice"),
    ("auteur", "auteure", "auteur·rice"),
    ("écrivain", "écrivaine", "écrivain·e"),
    ("hôte", "hôtesse", "hôte·sse"),
    ("bénévole", "bénévole", "bénévole"),
    ("ambassadeur", "ambassadrice", "ambassadeur·rice"),
    ("tuteur", "tutrice", "tuteur·rice"),
    ("docteur", "doctoresse", "docteur·e"),
    ("maîtrisard", "maîtrisarde", "maîtrisard·e"),
    ("montagnard", "montagnarde", "montagnard·e"),
    ("métis", "métisse", "métis·se"),
)
# Trades and roles whose word is the same: only what stands before tells.
EPICENES = (
    "designer|webdesigner|data scientist|data engineer|data analyst|analyste|juriste|architecte|cartographe|géographe|ergonome|graphiste"
    "|journaliste|bénévole|économiste|sociologue|psychologue|philosophe|scientifique|spécialiste|généraliste|responsable|product owner"
    "|product manager|freelance|manager|lead developer|tech lead|dev|devops|stagiaire|fonctionnaire|cadre|bibliothécaire|documentaliste"
    "|secrétaire|comptable|autodidacte|UX designer|UI designer|designer d’interface|polytechnicien·ne|élève|collègue|adepte|interprète"
    "|urbaniste|paysagiste|chimiste|biologiste|écologue|linguiste|ergothérapeute|kinésithérapeute|orthophoniste|athlète|artiste|fille|garçon"
)
# Said of oneself at the beginning of a line or after a comma (« Passionnée par… »): masculine forms.
QUALITIES = frozenset(
    (
        "passionné diplômé motivé intéressé certifié formé engagé investi spécialisé expérimenté inscrit né âgé "
        "issu convaincu attiré animé soucieux désireux curieux rigoureux habitué attaché attentif créatif sportif "
        "organisé arrivé devenu recruté embauché nommé promu élu chargé impliqué sensibilisé marié divorcé pacsé "
        "veuf prêt ravi heureux fier consciencieux sérieux ambitieux déterminé dévoué doué amené confronté entouré "
        "épaulé accompagné reconverti installé basé licencié salarié employé indépendant polyvalent persévérant "
        "exigeant lauréat bachelier reçu admis scolarisé parti revenu rentré resté détaché affecté missionné "
        "encadré sorti entré touché frappé séduit marqué inspiré guidé persuadé conscient reconnu apprécié "
        "titularisé retraité naturalisé adopté élevé grandi bercé doté nourri mandaté délégué invité sollicité "
        "consulté missionnée amoureux fasciné surpris étonné ému honoré enthousiasmé emballé soutenu proactif "
        "réactif assidu ponctuel patient réfléchi ouvert discret autonomisé adhérent licenciée seul premier "
        "dernier ancien nouveau"
    ).split()
)
